"""Accounts and posts. Nobody raises themselves: what concerns an account is done by somebody else."""

import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from xinqiao.accounts import actions as accounts
from xinqiao.administration.scope import note, reach_of, refuse
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import actions as directory_actions
from xinqiao.directory import listing, upkeep
from xinqiao.directory import queries as directory
from xinqiao.directory.listing import AccountLine, PostHeld
from xinqiao.matters import queries as matters
from xinqiao.rules import administration as rules
from xinqiao.rules.administration import Reach
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal, Refused

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")
#: Without those that are mistaken for one another when read aloud or copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5
#: Whoever reset one half of the way into an account does not reset the other so soon.
FOUR_EYES = timedelta(hours=24)


def first_password() -> str:
    """Twenty letters in groups of five (some 98 bits), to be read out or copied once."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


@transaction.atomic
def open_account(
    username: str, name: str, *, unit: str, role: Role, title: str, since: date, by: Person, now: datetime
) -> tuple[int, str]:  # fmt: skip
    """A log-in with its first post. Returns its id and the first password, which is kept nowhere. Raises Refused."""
    if not _USERNAME.fullmatch(username):
        refuse(Refusal("username_wrong"))
    if listing.username_exists(username):
        refuse(Refusal("username_taken"))
    _may_give(None, unit, role, since, None, by, now)
    password = first_password()
    account = directory_actions.open_account(
        username=username, name=name, password=password, posts={unit: role}, since=since, title=title,
        first_password=True,
    )  # fmt: skip
    note(
        "open_account", by=by, now=now, kind="account", row=account, after=str(role), code=unit,
        since=f"{since}",
    )  # fmt: skip
    return account, password


@transaction.atomic
def give_post(
    account: int, *, unit: str, role: Role, title: str, since: date, until: date | None, by: Person, now: datetime
) -> None:  # fmt: skip
    """A post from a day on. Raises Refused."""
    if not visible(_line(account), by=by, now=now):
        refuse(Refusal("not_found"))
    _may_give(account, unit, role, since, until, by, now)
    try:
        with transaction.atomic():
            upkeep.give_post(account, unit, role, since, until, title)
    except IntegrityError as error:
        raise Refused(Refusal("post_held_already")) from error
    note(
        "give_post", by=by, now=now, kind="account", row=account, after=str(role), code=unit,
        since=f"{since}", until=f"{until}" if until else None,
    )  # fmt: skip


@transaction.atomic
def end_post(post_id: int, *, last_day: date, by: Person, now: datetime) -> None:
    """A post ends with a day and stays in the history. Raises Refused."""
    post = listing.post(post_id)
    if post is None:
        raise Refused(Refusal("not_found"))
    refuse(may_end_post(post, last_day, by=by, now=now))
    upkeep.end_post(post_id, last_day)
    note(
        "end_post", by=by, now=now, kind="account", row=post.account, before=str(post.role),
        after=f"{last_day}", code=post.unit,
    )  # fmt: skip


def may_end_post(post: PostHeld, last_day: date, *, by: Person, now: datetime) -> Refusal | None:
    """Whether `end_post` would go through."""
    today = matters.today(now)
    others = _top_has_another(post.account, today)
    return rules.may_end_post(
        post.account, post.unit, post.role, post.valid_from, post.valid_to, last_day, by,
        reach_of(by, today), other_administrators=others,
    )  # fmt: skip


@transaction.atomic
def close(account: int, *, by: Person, now: datetime) -> None:
    """Nobody can log in to the account any more, and it has no posts. Raises Refused."""
    line = _changeable(account, by, now)
    administers = any(post.role is Role.ADMIN for post in _current(line.posts, matters.today(now)))
    if administers and not _top_has_another(account, matters.today(now)):
        refuse(Refusal("last_administrator"))
    _set_open(line, False, by, now)


@transaction.atomic
def reopen(account: int, *, by: Person, now: datetime) -> None:
    """A closed account is open again, with the posts that have not ended. Raises Refused."""
    _set_open(_changeable(account, by, now), True, by, now)


def _set_open(line: AccountLine, is_open: bool, by: Person, now: datetime) -> None:
    if line.is_open == is_open:
        refuse(Refusal("nothing_changed"))
    upkeep.set_open(line.id, is_open)
    if not is_open:
        accounts.end_sessions(line.id)
    note(
        "reopen_account" if is_open else "close_account", by=by, now=now, kind="account",
        row=line.id, before=line.is_open, after=is_open,
    )  # fmt: skip


@transaction.atomic
def reset_password(account: int, *, by: Person, now: datetime) -> str:
    """A new first password, returned once; whoever is logged in is out. Raises Refused."""
    _changeable(account, by, now)
    _four_eyes(account, AuditAction.SECOND_FACTOR_RESET, by, now)
    password = first_password()
    accounts.set_password(account, password, by=_account_of(by), now=now)
    return password


@transaction.atomic
def reset_second_factor(account: int, *, reason: str, by: Person, now: datetime) -> None:
    """The owner sets up a new second factor at the next log-in. Raises Refused."""
    _changeable(account, by, now)
    _four_eyes(account, AuditAction.PASSWORD_CHANGED, by, now)
    accounts.reset_second_factor(account, by=_account_of(by), now=now, reason=reason)


@transaction.atomic
def end_sessions(account: int, *, by: Person, now: datetime) -> int:
    """Whoever is logged in to the account is out, on every device. Returns how many sessions ended. Raises Refused."""
    line = _changeable(account, by, now)
    ended = accounts.end_sessions(line.id)
    note("end_sessions", by=by, now=now, kind="account", row=line.id, after=ended)
    return ended


def _account_of(by: Person) -> int:
    if by.account is None:
        raise Refused(Refusal("not_found"))
    return by.account


def may_change(line: AccountLine, *, by: Person, now: datetime) -> Refusal | None:
    """Whether password, second factor and state of the account are the person's to change."""
    today = matters.today(now)
    held = {post.unit for post in _lasting(line.posts, today)}
    return rules.may_change_account(line.id, held, by, reach_of(by, today))


def _changeable(account: int, by: Person, now: datetime) -> AccountLine:
    line = _line(account)
    if not visible(line, by=by, now=now):
        refuse(Refusal("not_found"))
    refuse(may_change(line, by=by, now=now))
    return line


def visible(line: AccountLine, *, by: Person, now: datetime) -> bool:
    """Whether the account is among those that the person administers: it holds or held a post in one of their units."""
    reach = reach_of(by, matters.today(now))
    return reach.everything or any(post.unit in reach for post in line.posts)


def _line(account: int) -> AccountLine:
    line = listing.account(account)
    if line is None:
        raise Refused(Refusal("not_found"))
    return line


def _lasting(posts: Iterable[PostHeld], today: date) -> list[PostHeld]:
    """The posts held today or later."""
    return [post for post in posts if post.valid_to is None or post.valid_to >= today]


def _current(posts: Iterable[PostHeld], today: date) -> list[PostHeld]:
    return [post for post in posts if post.held_on(today)]


def _may_give(
    account: int | None, unit: str, role: Role, since: date, until: date | None, by: Person, now: datetime
) -> None:  # fmt: skip
    today, units = matters.today(now), directory.units()
    if unit not in units:
        refuse(Refusal("not_found"))
    given = _reach_of_post(unit, today)
    refuse(
        rules.may_give_post(
            account, units[unit], role, since, until, by, reach_of(by, today), given
        )
    )


def _reach_of_post(unit: str, today: date) -> Reach:
    return rules.reach_of_post(unit, directory.units(), listing.administered_units(today), today)


def _top_has_another(account: int, today: date) -> bool:
    """Whether somebody else administers the top office: who can give every post again."""
    administered = listing.administered_units(today)
    top = rules.top_office(directory.units(), administered, today)
    return listing.other_administrators(account, {top} if top else administered, today)


def _four_eyes(account: int, other_half: AuditAction, by: Person, now: datetime) -> None:
    """Refuses whoever has reset the other half of the way into the account within a day."""
    done = audit.entries(
        account_id=by.account,
        action=other_half,
        object_kind="account",
        object_id=account,
        since=now - FOUR_EYES,
        limit=1,
    )
    if done:
        refuse(Refusal("reset_needs_another"))
