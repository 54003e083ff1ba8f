"""Pictures of pages as light files: what is flat and has few colours needs no more."""

from io import BytesIO
from pathlib import Path

from PIL import Image

COLOURS = 64


def keep(taken: bytes, path: Path) -> None:
    """Writes a screenshot (PNG) to `path` in few colours."""
    with Image.open(BytesIO(taken)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
