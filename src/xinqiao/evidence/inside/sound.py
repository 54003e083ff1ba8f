"""Recordings: whether the bytes are what they say, so that a player gets sound and nothing else."""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from xinqiao.evidence.contents import Kind
from xinqiao.rules.refusals import Refusal

# Bits a second (thousands) of MPEG audio layer III, by the four bits of its header: version 1, versions 2 and 2.5.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LOOKED_THROUGH = 65_536  # bytes after the tag in which the first frame must begin
_HOLDERS = {b"moov", b"trak", b"mdia"}


def refusal_of(path: Path, kind: Kind) -> Refusal | None:
    """None for sound. Refusals: `file_damaged`, `file_video`."""
    try:
        match kind:
            case Kind.WAV:
                sound = _wav(path)
            case Kind.MP3:
                sound = _mp3(path)
            case _:
                tracks = set(tracks_of(path))
                if b"vide" in tracks:
                    return Refusal("file_video")
                sound = b"soun" in tracks
    except (wave.Error, EOFError, OSError, ValueError, RuntimeError):  # as `wave` says it
        sound = False
    return None if sound else Refusal("file_damaged")


def _wav(path: Path) -> bool:
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes() > 0 and sound.getframerate() > 0


def _mp3(path: Path) -> bool:
    """Two frames, one right behind the other: chance does not make those."""
    with path.open("rb") as handle:
        handle.seek(_tag(handle.read(10)))
        content = handle.read(_LOOKED_THROUGH)
    return any(
        content.startswith(b"\xff", at + length) and _frame(content[at + length : at + length + 4])
        for at in range(len(content) - 4)
        if content[at] == 0xFF and (length := _frame(content[at : at + 4]))
    )


def _tag(head: bytes) -> int:
    """How many bytes the ID3 tag at the beginning takes."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return size + 10


def _frame(header: bytes) -> int:
    """The length of the MPEG audio frame with this header, 0 when it is none (layer III only)."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate = (_RATES_1 if version == 3 else _RATES_2)[header[2] >> 4]
    samples = header[2] >> 2 & 3
    if version == 1 or layer != 1 or not rate or samples == 3:
        return 0
    factor = 144 if version == 3 else 72
    return factor * rate * 1000 // _SAMPLES[version][samples] + (header[2] >> 1 & 1)


def tracks_of(path: Path) -> Iterator[bytes]:
    """The kinds of the tracks of an MP4 family file: `soun`, `vide`, others. Raises ValueError when it is none."""
    with path.open("rb") as handle:
        yield from _boxes(handle, 0, path.stat().st_size, 0)


def _boxes(handle: BinaryIO, start: int, end: int, depth: int) -> Iterator[bytes]:
    at = start
    while at + 8 <= end:
        handle.seek(at)
        head = handle.read(16)
        size, name, body = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - at
        if size < body or at + size > end:
            raise ValueError("a box ends beyond the file")
        if name in _HOLDERS and depth < len(_HOLDERS):
            yield from _boxes(handle, at + body, at + size, depth + 1)
        elif name == b"hdlr":
            handle.seek(at + body + 8)
            yield handle.read(4)
        at += size
