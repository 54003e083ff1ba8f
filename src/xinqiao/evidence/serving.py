"""How every door hands out a file: so that it is shown or saved, and can do nothing else.

The door asks first whether the file's owner may be seen, then returns `answer(request, file)`.
"""

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from xinqiao.evidence import queries
from xinqiao.evidence.values import FileInfo

PREVIEW, WHOLE = "preview", "whole"
"""Values of `?show=`: the small picture; the picture or sound itself, in the page. Else it is a download."""
_CHUNK = 1 << 16
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_log = logging.getLogger("xinqiao.evidence")
# A file is no page: should a browser take it for one, that page may do nothing and knows nobody.
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def answer(request: HttpRequest, file: FileInfo) -> HttpResponseBase:
    """The response with the bytes of `file`; who may have it was asked before.

    `?show=preview` gives the small picture of a picture, `?show=whole` lets the browser show a picture or play
    a sound, anything else saves it under its name. One part of the bytes may be asked for (`Range`), as players
    do. Sets no cookie. Raises Http404 when the bytes are missing, which is logged.
    """
    show = request.GET.get("show", "")
    try:
        small = queries.preview(file) if show == PREVIEW else None
        response = (
            FileResponse(small, content_type="image/jpeg")
            if small is not None
            else _whole(request, file)
        )
    except FileNotFoundError as fault:
        _log.error("file %s: its bytes %s are missing", file.id, file.sha256)
        raise Http404 from fault
    saved = not (file.format.shown and show in {PREVIEW, WHOLE})
    disposition = content_disposition_header(saved, file.name)
    for name, value in _HEADERS.items():
        response[name] = value
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _whole(request: HttpRequest, file: FileInfo) -> HttpResponseBase:
    content, mime = queries.content(file), file.format.mime
    asked = _RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if asked is None or asked[0] == "bytes=-":
        response: HttpResponseBase = FileResponse(content, content_type=mime)
        response["Content-Length"] = str(file.size)
    else:
        response = _part(content, file.size, mime, asked[1], asked[2])
    response["Accept-Ranges"] = "bytes"
    return response


def _part(content: BinaryIO, size: int, mime: str, first: str, last: str) -> HttpResponseBase:
    """Bytes `first` to `last`, both counted; without `first`, the last so many."""
    if first:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    else:
        start, end = max(size - int(last), 0), size - 1
    if start > end:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        _bytes(content, start, end - start + 1), content_type=mime, status=206
    )
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _bytes(content: BinaryIO, start: int, count: int) -> Iterator[bytes]:
    with content:
        content.seek(start)
        while count > 0 and (chunk := content.read(min(_CHUNK, count))):
            count -= len(chunk)
            yield chunk
