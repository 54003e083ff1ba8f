"""What lies inside a file: pictures lose what one does not see, documents that would do something are refused."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.evidence import samples
from xinqiao.evidence.checking import CheckLimits, examined
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.inside import office, pdf, pictures, sound
from xinqiao.rules.glossary import say
from xinqiao.rules.refusals import Refused

RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


def drawn(path: Path, kind: Kind = Kind.JPEG) -> Image.Image:
    with examined(path, kind) as harmless:
        picture = Image.open(io.BytesIO(harmless.file.read_bytes()))
        picture.load()
        return picture


def refused(path: Path, kind: Kind, limits: CheckLimits | None = None) -> str:
    """The code with which the file is refused; its sentence exists in both languages."""
    with pytest.raises(Refused) as raised, examined(path, kind, limits):
        pass
    assert all(say(raised.value.refusal, language) for language in ("zh-hans", "en"))
    return raised.value.refusal.code


# -- pictures ----------------------------------------------------------------------------------


def test_a_photo_loses_the_place_and_the_owner_and_stands_upright(file: Path) -> None:
    file.write_bytes(samples.photo_with_place())
    picture = drawn(file)
    assert picture.size == (40, 64)  # it lay on its side: 64 by 40
    assert picture.getpixel((20, 5))[2] > picture.getpixel((20, 5))[0]  # type: ignore[index]
    assert picture.getpixel((20, 60)) > (240, 240, 240)  # type: ignore[operator]
    assert not picture.getexif()
    assert "comment" not in picture.info
    with examined(file, Kind.JPEG) as harmless:
        content = harmless.file.read_bytes()
    assert b"Xiulan" not in content
    assert b"taken at home" not in content
    assert b"Exif" not in content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_hung_on_behind_a_picture_is_gone(file: Path, form: str) -> None:
    hidden = b"<script>alert(1)</script>" + samples.zipped({"a.exe": b"MZ"})
    file.write_bytes(samples.picture(form) + hidden)
    with examined(file, Kind(form.lower())) as harmless:
        assert b"script" not in harmless.file.read_bytes()
        assert not zipfile.is_zipfile(harmless.file)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_dark_stays_dark_in_every_way_of_writing_colours(file: Path, mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        row = (2_000).to_bytes(2, "little") * 32 + (60_000).to_bytes(2, "little") * 32
        picture = Image.frombytes("I;16", (64, 40), row * 40)
    else:
        picture = Image.new("RGB", (64, 40), "white")
        picture.paste("black", (0, 0, 32, 40))
        picture = picture.convert(mode)
    picture.save(file, form)
    result = drawn(file, Kind(form.lower())).convert("L")
    assert result.getpixel((8, 20)) < 60  # type: ignore[operator]
    assert result.getpixel((56, 20)) > 200  # type: ignore[operator]


def test_see_through_parts_stay_and_are_paper_in_the_preview(file: Path) -> None:
    Image.new("RGBA", (64, 40), (255, 0, 0, 0)).save(file, "PNG")
    with examined(file, Kind.PNG) as harmless:
        assert harmless.preview is not None
        assert Image.open(harmless.file).mode == "RGBA"
        assert min(Image.open(harmless.preview).getpixel((5, 5))) > 240  # type: ignore[type-var]


def test_a_photo_of_the_largest_camera_is_made_smaller_not_refused(file: Path) -> None:
    Image.new("L", (12_000, 9_000), 128).save(file, "JPEG", quality=30)
    assert max(drawn(file).size) == pictures.LONGEST_SIDE


def test_a_picture_that_unpacks_beyond_measure_is_refused_before_it_does(file: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    assert file.stat().st_size < 100_000
    assert refused(file, Kind.PNG) == "picture_too_large"


def test_a_file_that_takes_too_much_memory_ends_alone(file: Path) -> None:
    Image.new("RGB", (10_000, 10_000)).save(file, "PNG", compress_level=1)
    little = CheckLimits(memory_bytes=300_000_000)
    assert refused(file, Kind.PNG, little) == "file_too_complex"


def test_a_file_that_takes_too_much_time_ends_alone(file: Path) -> None:
    Image.effect_noise((5_000, 5_000), 90).save(file, "PNG", compress_level=1)
    assert refused(file, Kind.PNG, CheckLimits(seconds=1)) == "file_too_complex"


def test_a_format_that_only_looks_like_a_picture_of_its_kind_is_not_opened(file: Path) -> None:
    file.write_bytes(samples.picture("TIFF"))
    assert refused(file, Kind.JPEG) == "file_damaged"


# -- PDF ---------------------------------------------------------------------------------------


@contextmanager
def document() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        made.add_blank_page()
        yield made


def action(**entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{key}": value for key, value in entries.items()})


def _javascript(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = action(O=action(S=pikepdf.Name.Launch, F="cmd.exe"))


def _attachment(made: pikepdf.Pdf) -> None:
    made.attachments["photo.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def _xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = action(Fields=pikepdf.Array(), XFA=made.make_stream(b"<xdp/>"))


def _sends(made: pikepdf.Pdf) -> None:
    sends = action(S=pikepdf.Name.SubmitForm, F="http://example.org/")
    link = action(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=sends)
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(link)])


def _hidden(made: pikepdf.Pdf) -> None:
    """In an object that no page refers to."""
    made.Root.Extra = made.make_indirect(pikepdf.Array([action(JS="x")]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_javascript, "file_scripts"),
        (_launch, "file_scripts"),
        (_sends, "file_scripts"),
        (_hidden, "file_scripts"),
        (_attachment, "file_attachments"),
        (_xfa, "file_form_program"),
    ],
)
def test_a_pdf_that_does_something_is_refused(file: Path, change: Any, code: str) -> None:
    with document() as made:
        change(made)
        file.write_bytes(samples.saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate))
    assert refused(file, Kind.PDF) == code


@pytest.mark.parametrize("name", ["JS", "EF"])
def test_a_font_may_have_any_name(file: Path, name: str) -> None:
    with document() as made:
        font = action(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        made.pages[0].obj.Resources = action(Font=action(**{name: font}))
        file.write_bytes(samples.saved(made))
    assert pdf.refusal_of(file) is None


def test_a_pdf_with_links_and_bookmarks_is_taken(file: Path) -> None:
    with document() as made:
        goes = action(S=pikepdf.Name.URI, URI="http://example.org/")
        link = action(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=goes)
        made.pages[0].obj.Annots = pikepdf.Array([link])
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("第一页", 0))
        file.write_bytes(samples.saved(made))
    assert pdf.refusal_of(file) is None


@pytest.mark.parametrize(("password", "code"), [("secret", "file_protected"), ("", None)])
def test_a_pdf_that_opens_only_with_a_password_is_refused(
    file: Path, password: str, code: str | None
) -> None:
    file.write_bytes(samples.pdf(encryption=pikepdf.Encryption(owner="owner", user=password)))
    refusal = pdf.refusal_of(file)
    assert (refusal.code if refusal else None) == code


def test_a_pdf_of_no_pages_is_damaged(file: Path) -> None:
    file.write_bytes(samples.pdf(pages=0))
    assert refused(file, Kind.PDF) == "file_damaged"


def test_a_pdf_nested_beyond_measure_ends_in_a_sentence(file: Path) -> None:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + b"[" * 5000 + b"]" * 5000
    file.write_bytes(
        body
        + b">>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</%s 1 0 R>>" % b"Root"
    )
    assert refused(file, Kind.PDF) in {"file_damaged", "file_too_complex"}


# -- Office ------------------------------------------------------------------------------------


def relation(kind: str, target: str, mode: str = "") -> bytes:
    one = f'<Relationship Id="r" Type="{TYPES}{kind}" Target="{target}" {mode}/>'
    return RELS.format(one).encode()


EXTERNAL = 'TargetMode="External"'
WORD_RELS = "word/_rels/document.xml.rels"
CUT = (
    f"<w:document {W}><w:r><w:instrText>DD</w:instrText></w:r>"
    '<w:r><w:instrText>EAUTO c:\\\\a "b"</w:instrText></w:r></w:document>'
).encode()
FETCHED = f'<w:document {W}><w:fldSimple w:instr="INCLUDEPICTURE &quot;http://a/b.png&quot;"/></w:document>'


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({WORD_RELS: relation("attachedTemplate", "http://a/b.dotm", EXTERNAL)}, "file_external"),
        ({WORD_RELS: relation("image", "http://a/b.png", EXTERNAL)}, "file_external"),
        ({WORD_RELS: relation("oleObject", "embeddings/a.bin")}, "file_attachments"),
        ({"word/embeddings/a.bin": samples.OLE}, "file_attachments"),
        ({"word/embeddings/a.docx": samples.docx()}, "file_attachments"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "file_attachments"),
        ({"word/document.xml": CUT}, "file_scripts"),
        ({"word/document.xml": FETCHED.encode()}, "file_external"),
        ({"xl/macrosheets/sheet1.xml": b"<a/>"}, "file_macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}, "file_scripts"),
        ({"xl/externalLinks/_rels/l.rels": relation("externalLinkPath", "file:///a.xlsx", EXTERNAL)}, "file_external"),
        ({WORD_RELS: b"<Relationships"}, "file_damaged"),
    ],
)  # fmt: skip
def test_a_document_that_does_or_carries_something_is_refused(
    file: Path, parts: dict[str, bytes], code: str
) -> None:
    file.write_bytes(samples.docx(parts))
    assert refused(file, Kind.DOCX) == code


def test_a_document_with_links_and_a_chart_is_taken(file: Path) -> None:
    parts = {
        WORD_RELS: relation("hyperlink", "http://a/", EXTERNAL),
        "word/embeddings/Microsoft_Excel_Sheet.xlsx": samples.xlsx(),
        "word/document.xml": f"<w:document {W}><w:r><w:instrText> PAGE </w:instrText></w:r></w:document>".encode(),
    }
    file.write_bytes(samples.docx(parts))
    assert office.refusal_of(file) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (samples.old_office("WordDocument", "\x01Ole10Native"), "file_attachments"),
        (samples.old_office("WordDocument") + "\x13 DDEAUTO cmd".encode("utf-16-le"), "file_scripts"),
        (samples.old_office("Workbook"), None),
    ],
)  # fmt: skip
def test_an_old_document_with_something_packed_inside_is_refused(
    file: Path, content: bytes, code: str | None
) -> None:
    file.write_bytes(content)
    refusal = office.old_refusal_of(file)
    assert (refusal.code if refusal else None) == code


def test_a_document_that_swells_by_itself_ends_in_a_sentence(file: Path) -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 20}">' for i in range(1, 9))
    bomb = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><d>&a8;</d>'
    file.write_bytes(samples.docx({"word/document.xml": bomb.encode()}))
    assert refused(file, Kind.DOCX) in {"file_damaged", "file_too_complex"}


# -- sound -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (samples.mp3(), Kind.MP3, None),
        (samples.mp3()[10:], Kind.MP3, None),  # without a tag
        (samples.mp3(frames=1), Kind.MP3, "file_damaged"),
        (samples.mp4(b"soun", brand=b"mp42"), Kind.M4A, None),  # as many telephones record
        (samples.mp4(b"vide"), Kind.M4A, "file_video"),
        (samples.mp4(b"text"), Kind.M4A, "file_damaged"),
        (samples.wav(), Kind.WAV, None),
        (samples.wav()[:30], Kind.WAV, "file_damaged"),
    ],
)
def test_a_recording_is_sound(file: Path, content: bytes, kind: Kind, code: str | None) -> None:
    file.write_bytes(content)
    refusal = sound.refusal_of(file, kind)
    assert (refusal.code if refusal else None) == code


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from([Kind.MP3, Kind.M4A, Kind.WAV, Kind.DOCX, Kind.DOC, Kind.PDF]),
    cut=st.floats(0, 1),
    noise=st.binary(max_size=60),
)
def test_no_broken_file_breaks_who_looks_inside(
    file: Path, kind: Kind, cut: float, noise: bytes
) -> None:
    whole = samples.ACCEPTED[kind.value]
    at = int(len(whole) * cut)
    file.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    match kind:
        case Kind.DOCX:
            refusal = office.refusal_of(file)
        case Kind.DOC:
            refusal = office.old_refusal_of(file)
        case Kind.PDF:
            refusal = pdf.refusal_of(file)
        case _:
            refusal = sound.refusal_of(file, kind)
    assert refusal is None or say(refusal, "en")
