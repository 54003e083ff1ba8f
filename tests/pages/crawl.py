"""Walks a door page by page, as a reader would: from a start page over every link, a few pages of each kind."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

#: So many pages of one kind are opened: the next matter shows no other words.
PAGES_OF_A_KIND = 4
#: Attributes that are read out or shown.
_SAID = ("title", "aria-label", "placeholder", "alt", "data-label", "data-confirm", "content")
_SILENT = {"script", "style", "template"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip


class _Reader(HTMLParser):
    """Collects links and words; what is marked as being in a language of its own is left out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.links, self.words = language, list[str](), list[str]()
        self._open: list[tuple[str, bool]] = []

    @property
    def _left_out(self) -> bool:
        return any(out for _, out in self._open)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        other = "lang" in given and not given["lang"].lower().startswith(self.language[:2])
        if tag not in _VOID:
            self._open.append((tag, tag in _SILENT or other))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if not self._left_out and not other:
            self.words += _said(tag, given)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._left_out:
            self.words.append(" ".join(data.split()))


def _said(tag: str, given: dict[str, str]) -> list[str]:
    names = [name for name in _SAID if name != "content"]
    found = [given[name] for name in names if given.get(name)]
    if tag == "input" and given.get("type") in {"submit", "button"}:
        found.append(given.get("value", ""))
    if tag == "meta" and given.get("name") in {"description", "application-name"}:
        found.append(given.get("content", ""))
    return found


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A page that was opened: its address, the name of its route, the answer, and the page with the link to it."""

    address: str
    route: str
    answer: HttpResponse
    found_on: str
    words: list[str]


@dataclass
class Walk:
    """One visitor's walk. `seen` counts pages by kind; where it starts is opened in any case."""

    client: Client
    language: str
    starts: list[str]
    seen: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[Visited]:
        """Every page within reach, a few of each kind."""
        waiting = deque((start, "") for start in self.starts)
        known = set(self.starts)
        while waiting:
            address, found_on = waiting.popleft()
            visited = self._open(address, found_on)
            if visited is None:
                continue
            page, links = visited
            yield page
            for link in links:
                target = _same_site(address, link)
                if target and target not in known:
                    known.add(target)
                    waiting.append((target, address))

    def _open(self, address: str, found_on: str) -> tuple[Visited, list[str]] | None:
        kind = _kind(address)
        enough = self.seen[kind] >= PAGES_OF_A_KIND and address not in self.starts
        if kind is None or enough:
            return None
        self.seen[kind] += 1
        answer: Any = self.client.get(
            address, headers={"Accept-Language": self.language}, follow=True
        )
        reader = _Reader(self.language)
        if answer.get("Content-Type", "").startswith("text/html"):
            reader.feed(answer.content.decode())
        page = Visited(
            address=address, route=kind, answer=answer, found_on=found_on, words=reader.words
        )
        return page, reader.links


def _kind(address: str) -> str | None:
    """The name of the route with the names of what is asked for; None for files and what leads nowhere of ours."""
    parts = urlsplit(address)
    if parts.path.startswith("/static/"):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return f"nothing at {parts.path}"
    fixed = [str(value) for name, value in match.kwargs.items() if name in {"step", "page", "goal"}]
    return " ".join([match.view_name, *fixed, *sorted(parse_qs(parts.query))])


def _same_site(address: str, link: str) -> str | None:
    if link.startswith(("#", "mailto:", "tel:", "data:", "javascript:")):
        return None
    target = urlsplit(urljoin(f"http://testserver{address}", link))
    if target.netloc != "testserver":
        return None
    return target.path + (f"?{target.query}" if target.query else "")
