"""Every object that has an address of its own, tried by its number by somebody whose it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.evidence import samples
from tests.safety.visitors import Town, came_in
from tests.support.city_database import PASSWORD
from xinqiao.desk.registering.files import draft_of
from xinqiao.directory import actions as directory
from xinqiao.directory.models import Account, Post, Substitute
from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries as files
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.intake.values import Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.reception import queries as halls
from xinqiao.reception.models import Hall, Ticket
from xinqiao.rules.persons import SYSTEM, Role
from xinqiao.workspace import actions as workspace
from xinqiao.workspace import queries as workspaces

pytestmark = pytest.mark.long

REFUSED = {403, 404}
KEY = "a-key-of-a-form"


@dataclass(frozen=True)
class Other:
    """What is Li Na's and her unit's, and what somebody of another unit has that is alike."""

    town: Town
    theirs: Receipt
    """A matter of the labour department: Sun Li's own, from which she tries to reach over."""

    @classmethod
    def of(cls, town: Town) -> "Other":
        return cls(town, town.desk.refers(9, to="city-labour"))

    @property
    def desk(self) -> Desk:
        return self.town.desk

    @property
    def number(self) -> str:
        return self.town.receipt.matter_number

    @property
    def contact(self) -> str:
        return self.town.receipt.number


@pytest.fixture
def other(town: Town) -> Other:
    return Other.of(town)


Address = Callable[[Other], str]
#: What is somebody else's, by an address that names it, alone or behind a matter of one's own.
ADDRESSES: dict[str, Address] = {
    "a matter": lambda o: reverse("desk:matter", args=[o.number]),
    "a step on it": lambda o: reverse("desk:step", args=[o.number, "submit_opinion"]),
    "a paper of it": lambda o: reverse("desk:paper", args=[o.number, 4]),
    "the people behind it": lambda o: reverse("desk:people", args=[o.number]),
    "its receipt": lambda o: reverse("desk:receipt", args=[o.number, o.contact]),
    "its receipt once more": lambda o: reverse("desk:receipt_again", args=[o.number, o.contact]),
    "its file": lambda o: reverse("desk:file", args=[o.number, o.town.file]),
    "its receipt, behind an own matter": lambda o: reverse("desk:receipt", args=[o.theirs.matter_number, o.contact]),
    "the same once more": lambda o: reverse("desk:receipt_again", args=[o.theirs.matter_number, o.contact]),
    "its file, behind an own matter": lambda o: reverse("desk:file", args=[o.theirs.matter_number, o.town.file]),
    "an own receipt, behind it": lambda o: reverse("desk:receipt", args=[o.number, o.theirs.number]),
    "a file of an unfinished form": lambda o: reverse("desk:draft_file", args=[KEY, _draft_file(o)]),
}  # fmt: skip


def _draft_file(other: Other) -> int:
    """Li Na's, who has not entered the contact yet."""
    kept = evidence.keep(
        BytesIO(samples.picture()), name="电梯.jpg", owner=draft_of(other.desk.city.account("lina"), KEY),
        by=SYSTEM, now=timezone.now(),
    )  # fmt: skip
    return kept.id


@pytest.mark.parametrize("what", ADDRESSES)
def test_what_is_another_units_is_not_there(other: Other, what: str) -> None:
    address, client = ADDRESSES[what](other), other.desk.log_in("sunli")
    before = load(other.town.receipt.matter)
    for ask in (client.get, client.post):
        answer: Any = ask(address)
        assert answer.status_code in REFUSED | {405}, answer.status_code
        assert other.contact not in answer.content.decode() or other.contact in address
    assert load(other.town.receipt.matter) == before


def test_their_owner_meets_each_of_them(other: Other) -> None:
    """Else the refusals above would show nothing."""
    client = other.desk.log_in("lina")
    for what, address in ADDRESSES.items():
        if "own" in what.split() or what == "the same once more":
            continue
        assert client.get(address(other)).status_code == 200, what


def test_a_matter_cannot_be_moved_from_outside(other: Other) -> None:
    """By the step, on many at once, from the board: nothing happens to it."""
    client, before = other.desk.log_in("sunli"), load(other.town.receipt.matter)
    seen = str(len(before))
    given = {"record": "不属本单位职责。", "seen": seen, "reason": "不属本单位职责。"}
    for step in ("submit_opinion", "decline", "object", "request_extension", "revoke"):
        client.post(reverse("desk:step", args=[other.number, step]), given)
    client.post(
        reverse("desk:together"),
        {"step": "accept", "matter": [other.number], "confirmed": "yes", f"seen-{other.number}": seen},
    )  # fmt: skip
    wang = other.desk.log_in("dingxia")
    wang.post(
        reverse("desk:referral-send"),
        {"step": "transfer", "row": f"{other.number}:{seen}:county-housing"},
    )
    assert load(other.town.receipt.matter) == before


def test_a_contact_is_not_added_to_a_matter_out_of_reach(other: Other) -> None:
    """Nor does a new matter come of new facts on one that does not exist for the clerk."""
    client, before = other.desk.log_in("sunli"), load(other.town.receipt.matter)
    for chosen in (other.number, f"reopen:{other.number}"):
        typed = {
            "who-name": "赵六",
            "who-phone": "13700001111",
            "matter": chosen,
            "subject": "电梯",
        }
        client.post(reverse("desk:visit"), typed)
        shown = client.post(reverse("desk:suggestions"), typed).content.decode()
        assert "电梯停运半年" not in shown
    assert load(other.town.receipt.matter) == before


def test_a_draft_file_of_somebody_else_is_not_taken_out(other: Other) -> None:
    kept = _draft_file(other)
    client = other.desk.log_in("sunli")
    client.post(reverse("desk:draft_files", args=[KEY]), {"remove_file": str(kept)})
    assert files.file(kept) is not None


def test_a_file_of_a_contact_is_not_taken_out_as_a_draft(other: Other) -> None:
    client = other.desk.log_in("lina")
    client.post(reverse("desk:draft_files", args=[KEY]), {"remove_file": str(other.town.file)})
    kept = files.file(other.town.file)
    assert kept is not None
    assert kept.owner == Owner(kind=CONTACT, id=other.town.receipt.contact)


def test_a_saved_list_is_its_owners(other: Other) -> None:
    lina = other.desk.city.account("lina")
    workspace.save_view(lina, "急件", "queue=overdue", opens_first=True)
    before = workspaces.views(lina)
    client = other.desk.log_in("sunli")
    for do in ("first", "not_first", "up", "drop"):
        client.post(reverse("desk:view", args=[before[0].id]), {"do": do})
    assert workspaces.views(lina) == before
    assert "急件" not in client.get(reverse("desk:views")).content.decode()


def test_a_substitute_is_ended_by_no_stranger(other: Other) -> None:
    city, today = other.desk.city, matters.today(timezone.now())
    named = directory.name_substitute(
        away=city.account("lina"), stands_in=city.account("chenbo"), first_day=today,
        last_day=today + timedelta(days=3), by=city.account("chenbo"), now=timezone.now(),
    )  # fmt: skip
    for stranger in ("sunli", "zhoujun", "heping"):
        answer = other.desk.log_in(stranger).post(reverse("desk:end_substitute", args=[named]))
        assert answer.status_code in REFUSED | {409}, stranger
    assert Substitute.objects.get(pk=named).ended_at is None


def test_a_session_is_ended_by_its_owner_alone(other: Other) -> None:
    came_in("lina", PASSWORD).get(reverse("desk:account"))
    lina = UserSession.objects.filter(user_id=other.desk.city.account("lina"))
    theirs = lina.get()
    other.desk.log_in("sunli").post(reverse("desk:end_sessions"), {"session": str(theirs.pk)})
    assert lina.filter(pk=theirs.pk).exists()


def test_a_desk_of_a_hall_is_its_units(other: Other) -> None:
    """Window 1 is the petition office's: nobody of another unit calls a number to it or rearranges it."""
    window, now = other.town.window, timezone.now()
    hall = Hall.objects.get(code="east")
    Ticket.objects.create(hall=hall, day=matters.today(now), number=1, given_at=now)
    client = other.desk.log_in("heping")
    for do in ("next", "again", "absent", "advised"):
        client.post(reverse("desk:turn", args=[window]), {"do": do})
    assert not Ticket.objects.exclude(called_at=None).exists()
    before = halls.windows("east")
    for username in ("heping", "lina", "dingxia"):
        stranger = other.desk.log_in(username)
        for address in (
            reverse("desk:one_hall", args=["east"]), reverse("desk:one_window", args=["east", window]),
            reverse("desk:new_window", args=["east"]), reverse("desk:new_hall"),
        ):  # fmt: skip
            assert stranger.post(address, {"label": "9"}).status_code in REFUSED, (
                username,
                address,
            )
    assert halls.windows("east") == before


def test_an_account_out_of_reach_stays_as_it_is(other: Other) -> None:
    """Bai Xue administers the county; what she does to an account of the city changes nothing."""
    city = other.desk.city
    directory.open_account(
        username="baixue", name="白雪", password=None, posts={"county-petition": Role.ADMIN},
        since=matters.today(timezone.now()),
    )  # fmt: skip
    client = Client()
    client.force_login(Account.objects.get(username="baixue"))
    lina = city.account("lina")
    before = (
        Account.objects.values().get(pk=lina),
        list(Post.objects.filter(account=lina).values()),
    )
    post = before[1][0]["id"]
    typed = {
        "unit": "county-housing",
        "role": "officer",
        "since": "2026-03-02",
        "reason": "手机丢失",
    }
    resets = ("password", "second-factor", "sessions", "close")
    for address in (
        reverse("desk:admin-account", args=[lina]), reverse("desk:admin-post-give", args=[lina]),
        reverse("desk:admin-post-end", args=[lina, post]),
        *(reverse("desk:admin-account-reset", args=[lina, what]) for what in resets),
    ):  # fmt: skip
        for ask in (client.get, client.post):
            assert ask(address, typed).status_code in REFUSED | {405}, address
    after = (
        Account.objects.values().get(pk=lina),
        list(Post.objects.filter(account=lina).values()),
    )
    assert after == before


def test_a_post_is_ended_through_its_own_account_only(other: Other) -> None:
    """An address with the account of one and the post of another leads nowhere."""
    city = other.desk.city
    post = Post.objects.get(account=city.account("lina"))
    address = reverse("desk:admin-post-end", args=[city.account("sunli"), post.pk])
    client = other.desk.log_in("malin")
    typed = {"last_day": str(matters.today(timezone.now()))}
    for ask in (client.get, client.post):
        assert ask(address, typed).status_code == 404
    post.refresh_from_db()
    assert post.valid_to is None
