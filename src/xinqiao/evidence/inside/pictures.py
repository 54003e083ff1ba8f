"""Pictures, drawn anew: what is kept is what one sees, and nothing that a camera or a trickster wrote beside it."""

import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from xinqiao.evidence.contents import Kind
from xinqiao.rules.refusals import Refusal

MOST_PIXELS = 120_000_000  # a little more than the largest cameras of telephones
LONGEST_SIDE = 5000  # pixels: small print on a photographed page stays readable
PREVIEW_SIDE = 480
_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
_OPTIONS: dict[Kind, dict[str, int | bool]] = {
    Kind.JPEG: {"quality": 88},
    Kind.PNG: {"compress_level": 6},
    Kind.WEBP: {"quality": 88, "method": 2},
}


def redraw(source: Path, kind: Kind, *, target: Path, preview: Path) -> Refusal | None:
    """Draws the picture at `source` into `target`, and a small JPEG of it into `preview`.

    Upright, in the colours of the screen, without place, time, camera, comments or further frames.
    Refusals: `file_damaged`, `picture_too_large` (facts `size`, `limit`, in millions of pixels).
    """
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # asked below, with a sentence of our own
    try:
        with Image.open(source, formats=[_FORMATS[kind]]) as picture:
            if refusal := _too_large(picture.width * picture.height):
                return refusal
            picture.draft(
                "RGB", (LONGEST_SIDE, LONGEST_SIDE)
            )  # JPEG: never unpacked larger than needed
            drawn = _plain(picture)
        drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn.save(target, format=_FORMATS[kind], **_OPTIONS[kind])
        _small(drawn).save(preview, format="JPEG", quality=80)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        return Refusal("file_damaged")
    return None


def _too_large(pixels: int) -> Refusal | None:
    if pixels <= MOST_PIXELS:
        return None
    facts = {"size": str(-(-pixels // 1_000_000)), "limit": str(MOST_PIXELS // 1_000_000)}
    return Refusal("picture_too_large", None, facts)


def _plain(picture: Image.Image) -> Image.Image:
    """The first frame as nothing but pixels: grey, coloured, or coloured with see-through parts."""
    picture.load()
    profile = picture.info.get("icc_profile")
    upright: Image.Image = picture
    with suppress(
        Exception
    ):  # whatever a broken note of the camera may raise: then it stays as it lies
        upright = ImageOps.exif_transpose(picture)
    plain = _without_palette(upright)
    if profile and plain.mode == "RGB":
        plain = _in_screen_colours(plain, profile)
    plain.info.clear()  # comments and profiles would be written again
    return plain


def _without_palette(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):  # 16 bits of grey: the upper 8 are what one sees
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"1", "L"} and "transparency" not in picture.info:
        return picture.convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _in_screen_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        done = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return done if done is not None else picture


def _small(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    if small.mode != "RGBA":
        return small.convert("RGB")
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small.getchannel("A"))
    return paper
