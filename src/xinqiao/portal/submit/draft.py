"""A submission that is being written: what was typed on each page, kept sealed on its shelf until it is sent."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.sessions.backends.base import SessionBase

from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import DRAFT, FileInfo, Owner
from xinqiao.intake import queries as intake
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.submit import places
from xinqiao.portal.submit.forms import (
    CategoryForm,
    FilesForm,
    KindForm,
    PlaceForm,
    TownshipForm,
    WhoForm,
    WordsForm,
)
from xinqiao.portal.submit.who import WHO_FORMS, PersonForm
from xinqiao.ui import sealed

_NAME = "portal_draft"
Typed = Mapping[str, str]
PAGES = ("kind", "place", "township", "words", "category", "files", "who", "person")


@dataclass(kw_only=True)
class Draft:
    """`key` names the submission: sending it twice is sending it once. `pages` holds what was typed, right or wrong."""

    today: date
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    pages: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: SessionBase, today: date) -> "Draft | None":
        """The draft of this browser, if one was begun."""
        kept = sealed.get(session, _NAME)
        return cls(today=today, **kept) if kept else None

    def keep(self, session: SessionBase) -> None:
        sealed.put(session, _NAME, {"key": self.key, "pages": self.pages})

    @staticmethod
    def drop(session: SessionBase) -> None:
        sealed.drop(session, _NAME)

    def write(self, page: str, typed: Typed) -> None:
        """Keeps what was typed on a page; another county forgets the township of the first."""
        if page == "place" and typed.get("county") != self.said("place", "county"):
            self.pages.pop("township", None)
        self.pages[page] = dict(typed)

    def said(self, page: str, name: str) -> str:
        """What was typed in one field; "" when nothing was."""
        return self.pages.get(page, {}).get(name, "")

    def order(self) -> Iterator[str]:
        """The pages that this draft has, in order."""
        for page in PAGES:
            if page != "township" or places.townships(self.said("place", "county")):
                yield page

    def first_open(self) -> str | None:
        """The first page that is not filled in rightly; None when all are."""
        return next((page for page in self.order() if not self.form(page).is_valid()), None)

    def form(self, page: str) -> PortalForm:
        """The form of a page, with what was typed there."""
        typed = self.pages.get(page)
        match page:
            case "kind":
                return KindForm(typed)
            case "place":
                return PlaceForm(typed, today=self.today)
            case "township":
                return TownshipForm(typed, county=self.said("place", "county"))
            case "words":
                return WordsForm(typed, kind=self.said("kind", "kind"))
            case "category":
                return CategoryForm(
                    typed, subject=self.said("words", "subject"), body=self.said("words", "body")
                )
            case "files":
                return FilesForm(typed)
            case "who":
                return WhoForm(typed)
            case "person":
                form = WHO_FORMS.get(self.said("who", "who"), PersonForm)
                return form(typed, today=self.today)
        raise KeyError(page)

    @property
    def owner(self) -> Owner:
        """Under which its files lie; nobody guesses it who has not the key."""
        digest = hashlib.sha256(self.key.encode()).digest()
        return Owner(kind=DRAFT, id=int.from_bytes(digest[:8], "big") >> 1)

    def files(self) -> list[FileInfo]:
        """The files chosen so far."""
        return evidence.files_of(self.owner)

    @property
    def category(self) -> str:
        """The code of the category chosen, "" when the office is to decide."""
        form = self.form("category")
        return form.chosen() if isinstance(form, CategoryForm) and form.is_valid() else ""

    @property
    def region(self) -> str:
        """The code of the place: the township if one was chosen, else the county."""
        return self.said("township", "township") or self.said("place", "county")

    def office(self) -> str | None:
        """The petition office that receives it."""
        return intake.office_of(self.region, bool(self.said("words", "about_office")), self.today)
