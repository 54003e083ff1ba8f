"""The smallest files of each kind, made here: what Wang Xiulan's phone and Clerk Zhao's desk send."""

import io
import wave
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

import xlsxwriter

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


def old_office(*names: str) -> bytes:
    return OLE + b"".join(f"{name}\0".encode("utf-16-le") for name in names)


ACCEPTED = {
    "jpeg": b"\xff\xd8\xff\xe1\0\x10Exif\0\0" + bytes(20),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20),
    "webp": b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20),
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "docx": docx(),
    "xlsx": xlsx(),
    "doc": old_office("Root Entry", "WordDocument"),
    "xls": old_office("Root Entry", "Workbook"),
    "mp3": b"ID3\4\0\0\0\0\0\x0a" + bytes(40),
    "m4a": b"\0\0\0\x1cftypM4A \0\0\0\0M4A isomiso2\0\0\0\x08mdat",
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
    "file_kind_unknown": [
        b"GIF89a\1\0\1\0",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat",
        b"{\\rtf1\\ansi hello}",
        old_office("PowerPoint Document"),
        bytes(range(256)) * 4,
    ],
    "file_empty": [b""],
}
