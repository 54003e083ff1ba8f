"""The navigation of the desk as data: where one can go, for whom it is of use, and the keys that lead there.

It stands on every page and says the same to everybody with the same work, so what was drawn once is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, pgettext_lazy

from xinqiao.desk.words import Names
from xinqiao.rules.hotspots import may_look
from xinqiao.rules.persons import Person
from xinqiao.rules.units import UnitKind

_SENDS_ON = {UnitKind.PETITION_OFFICE, UnitKind.JOINT_CONFERENCE, UnitKind.GOVERNMENT}
EVERYBODY, WORKING, BOARD, LOOKOUT, ADMIN = "everybody", "working", "board", "lookout", "admin"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A page of the navigation: its address by name, its label (or the channel that names it), and who has use for it.

    `key`: pressed after `g`, it leads there. `calls`: the number of group visits that wait for the person stands there.
    """

    page: str
    icon: str
    label: str | Promise = ""
    channel: str = ""
    of_use: str = WORKING
    key: str = ""
    calls: bool = False

    def words(self, names: Names) -> str:
        return str(self.label) if self.label else names.word("channel", self.channel)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Pages of one kind of work, under their title."""

    title: str | Promise
    items: tuple[Item, ...]


GROUPS = (
    Group(title="", items=(
        Item(page="desk:work", icon="inbox", label=gettext_lazy("My work"), of_use=EVERYBODY, key="w"),
        Item(page="desk:referral", icon="mail-forward", label=gettext_lazy("Referral board"), of_use=BOARD, key="b"),
        Item(page="desk:duties", icon="checklist", label=gettext_lazy("Duties due")),
    )),
    Group(title=gettext_lazy("Register"), items=(
        Item(page="desk:visit", icon="users", channel="visit", key="v"),
        Item(page="desk:call", icon="phone", channel="call", key="c"),
        Item(page="desk:letter", icon="mail", channel="letter", key="l"),
        Item(page="desk:fax", icon="file-text", channel="fax"),
        Item(page="desk:learning", icon="bulb", label=gettext_lazy("Learning categories")),
        Item(page="desk:hall", icon="building", label=gettext_lazy("Reception hall"), key="h"),
        Item(page="desk:reception_days", icon="calendar-event", label=gettext_lazy("Reception days")),
    )),
    Group(title=pgettext_lazy("navigation", "Answer for it"), items=(
        Item(page="desk:supervision", icon="flag", label=gettext_lazy("Supervision"), key="s"),
        Item(page="desk:targets", icon="chart-bar", label=gettext_lazy("Targets"), key="t"),
        Item(page="desk:leadership", icon="user-check", label=gettext_lazy("Leadership")),
        Item(page="desk:group_visits", icon="users-group", label=gettext_lazy("Group visits"), calls=True),
    )),
    Group(title=pgettext_lazy("navigation", "Settle and help"), items=(
        Item(page="desk:hotspots", icon="bell-ringing", label=gettext_lazy("Hot spots"), of_use=LOOKOUT),
        Item(page="desk:disputes", icon="map-pin", label=gettext_lazy("Disputes")),
        Item(page="desk:mediations", icon="heart-handshake", label=gettext_lazy("Mediation")),
        Item(page="desk:relief", icon="coin-yuan", label=gettext_lazy("Hardship relief")),
        Item(page="desk:decisions", icon="message-question", label=gettext_lazy("Public decisions")),
    )),
    Group(title="", items=(
        Item(page="desk:admin", icon="settings", label=gettext_lazy("Administration"), of_use=ADMIN),
    )),
)  # fmt: skip


def uses(person: Person | None, names: Names) -> frozenset[str]:
    """What kinds of pages are of use to a person; those for everybody to somebody unknown."""
    found = {EVERYBODY}
    own = person.units() if person else frozenset()
    if own:
        found.add(WORKING)
    if any(names.units[code].kind in _SENDS_ON for code in own if code in names.units):
        found.add(BOARD)
    if person and may_look(person, names.units, timezone.localdate()):
        found.add(LOOKOUT)
    if person and person.is_admin:
        found.add(ADMIN)
    return frozenset(found)


def drawn(names: Names, of_use: frozenset[str], path: str, calls: int | str) -> SafeString:
    """The navigation of the page at `path`, its own item marked."""
    here = tuple(
        (page, "page" if path == address else "true")
        for page, address in _addresses().items()
        if path.startswith(address)
    )
    return _drawn(names.language, of_use, here, calls)


@lru_cache(maxsize=512)
def _drawn(
    language: str, of_use: frozenset[str], here: tuple[tuple[str, str], ...], calls: int | str
) -> SafeString:
    names = Names(language)
    facts = {
        "groups": list(_groups(of_use)),
        "addresses": _addresses(),
        "here": dict(here),
        "calls": calls,
        "names": names,
    }
    html = render_to_string("desk/navigation.html", facts, using="jinja2")
    return mark_safe(html)  # noqa: S308  every value in it was escaped when it was drawn


@lru_cache(maxsize=32)
def keys_drawn(language: str, of_use: frozenset[str]) -> SafeString:
    """The dialog that says which keys there are, in the language that is current."""
    items = [item for _, shown in _groups(of_use) for item in shown if item.key]
    facts = {"items": items, "names": Names(language)}
    html = render_to_string("desk/keys.html", facts, using="jinja2")
    return mark_safe(html)  # noqa: S308  as above


def _groups(of_use: frozenset[str]) -> Iterator[tuple[str, list[Item]]]:
    for group in GROUPS:
        items = [item for item in group.items if item.of_use in of_use]
        if items:
            yield str(group.title), items


@cache
def _addresses() -> dict[str, str]:
    return {item.page: reverse(item.page) for group in GROUPS for item in group.items}
