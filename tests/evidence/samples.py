"""The smallest files of each kind, made here: what Wang Xiulan's phone and Clerk Zhao's desk send."""

import io
import wave
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pikepdf
import xlsxwriter
from docx import Document
from PIL import Image

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return zipped({**parts, **more})


def letter(*paragraphs: str) -> bytes:
    """A document of Word with these paragraphs, the last of them in a table."""
    document, packed = Document(), io.BytesIO()
    for words in paragraphs[:-1]:
        document.add_paragraph(words)
    document.add_table(1, 1).cell(0, 0).text = paragraphs[-1]
    document.save(packed)
    return packed.getvalue()


def printed(words: str) -> bytes:
    """A PDF of one page with these words, in a font of the reader, as offices print them."""
    with pikepdf.new() as document:
        inner = document.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name("/STSong-Light"),
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
        ))  # fmt: skip
        font = document.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/STSong-Light"),
            Encoding=pikepdf.Name("/UniGB-UTF16-H"), DescendantFonts=[inner],
        ))  # fmt: skip
        document.add_blank_page()
        page = document.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = words.encode("utf-16-be").hex()
        page.Contents = document.make_stream(f"BT /F1 12 Tf 50 700 Td <{shown}> Tj ET".encode())
        return saved(document)


def xlsx() -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "材料清单")
    return packed.getvalue()


def wav() -> bytes:
    recorded = io.BytesIO()
    with wave.open(recorded, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(200))
    return recorded.getvalue()


def picture(
    form: str = "JPEG", size: tuple[int, int] = (64, 40), mode: str = "RGB", **save: Any
) -> bytes:
    """A picture whose left half is dark and whose right half is light."""
    drawn = Image.new(mode, size, "white")
    drawn.paste("navy" if mode == "RGB" else 0, (0, 0, size[0] // 2, size[1]))
    packed = io.BytesIO()
    drawn.save(packed, form, **save)
    return packed.getvalue()


def photo_with_place() -> bytes:
    """As a telephone writes it: lying on its side, with the place, the owner, a comment."""
    notes = Image.Exif()
    notes[0x0112] = 6  # to be turned by a quarter
    notes[0x013B] = "Wang Xiulan"
    notes.get_ifd(0x8825).update({1: "N", 2: (30.0, 31.0, 12.0), 3: "E", 4: (117.0, 2.0, 30.0)})
    return picture(exif=notes, comment=b"taken at home")


def pdf(pages: int = 1, **save: Any) -> bytes:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        return saved(document, **save)


def saved(document: pikepdf.Pdf, **save: Any) -> bytes:
    packed = io.BytesIO()
    document.save(packed, **save)
    return packed.getvalue()


def mp3(frames: int = 4) -> bytes:
    """Silence: 128 kbit/s at 44.1 kHz, behind an empty tag."""
    return b"ID3\4\0\0\0\0\0\0" + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def mp4(*tracks: bytes, brand: bytes = b"M4A ") -> bytes:
    """A file of the MP4 family with tracks of these kinds (`soun`, `vide`)."""
    inside = b"".join(
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13)))) for kind in tracks
    )
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", inside) + box(b"mdat", bytes(8))


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def old_office(*names: str) -> bytes:
    return OLE + b"".join(f"{name}\0".encode("utf-16-le") for name in names)


ACCEPTED = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "pdf": pdf(),
    "docx": docx(),
    "xlsx": xlsx(),
    "doc": old_office("Root Entry", "WordDocument"),
    "xls": old_office("Root Entry", "Workbook"),
    "mp3": mp3(),
    "m4a": mp4(b"soun"),
    "wav": wav(),
    "text": "尊敬的领导：\n路灯坏了。\n".encode(),
}

REFUSED = {
    "file_program": [
        b"MZ\x90\0\3\0\0\0" + bytes(60) + b"PE\0\0",
        b"\x7fELF\2\1\1" + bytes(60),
        b"#!/bin/sh\nrm -rf /\n",
    ],
    "file_markup": [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"\xef\xbb\xbf  <HTML><body>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        b"<!-- innocent --><svg/onload=x()>",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
    ],
    "file_archive": [
        zipped({"a.exe": b"MZ"}),
        b"PK\3\4 and no zip at all",
        b"Rar!\x1a\7\0" + bytes(20),
        b"7z\xbc\xaf'\x1c" + bytes(20),
        b"\x1f\x8b\x08" + bytes(20),
    ],
    "file_macros": [
        docx({"word/vbaProject.bin": b"x"}),
        old_office("WordDocument", "_VBA_PROJECT"),
    ],
    "file_protected": [old_office("EncryptionInfo", "EncryptedPackage")],
    "file_heic": [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(20)],
    "file_video": [
        mp4(b"vide", b"soun", brand=b"mp42"),
        mp4(b"soun", b"vide"),  # it says that it is sound
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(20),
        b"\x1a\x45\xdf\xa3" + bytes(30) + b"\x42\x82\x84webm" + bytes(20),
    ],
    "file_damaged": [
        picture("JPEG")[:200],
        b"\xff\xd8\xff\xe1\0\x10Exif\0\0" + bytes(20),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20),
        b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20),
        b"%PDF-1.7\n1 0 obj\n",
        b"ID3\4\0\0\0\0\0\x0a" + bytes(40),
        mp4(),
        mp4(b"soun")[:60],
        b"RIFF\x24\0\0\0WAVEfmt " + bytes(20),
    ],
    "file_kind_unknown": [
        b"GIF89a\1\0\1\0",
        b"{\\rtf1\\ansi hello}",
        old_office("PowerPoint Document"),
        bytes(range(256)) * 4,
    ],
    "file_empty": [b""],
}
