"""Named reads of accounts: second factors and log-ins of staff, the petitions of a citizen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from xinqiao.accounts import phones
from xinqiao.accounts.addresses import browser_words
from xinqiao.accounts.models import Citizen, KeptMatter, SignOnName
from xinqiao.audit import kinds
from xinqiao.audit import queries as audit
from xinqiao.people.masking import mask_phone

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(account: int) -> bool:
    """Whether an app or a key is set up. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=FACTORS).exists())


def second_factors(accounts: Sequence[int]) -> set[int]:
    """Those of these accounts that have a second factor."""
    rows = Authenticator.objects.filter(user_id__in=accounts, type__in=FACTORS)
    return set(rows.values_list("user_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class LogInLine:
    """One line of an account's log: a code of `audit.kinds.OF_LOG_IN`, when, from where, how."""

    at: datetime
    action: str
    address: str
    browser: str
    way: str
    by_another: bool


def log_ins(account: int, *, limit: int = 50) -> list[LogInLine]:
    """What happened at the door of an account, newest first."""
    return [
        LogInLine(
            at=entry.at,
            action=entry.action,
            address=str(entry.detail.get("address") or ""),
            browser=str(entry.detail.get("browser") or ""),
            way=str(entry.detail.get("way") or entry.detail.get("factor") or ""),
            by_another=entry.account_id not in (None, account),
        )
        for entry in audit.about_account(account, kinds.OF_LOG_IN, limit=limit)
    ]


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A browser in which an account is logged in. `key` is that of the session's row, not of the session."""

    id: int
    began_at: datetime
    address: str
    browser: str
    here: bool


def open_sessions(account: AbstractBaseUser, session_key: str | None) -> list[OpenSession]:
    """The open sessions of an account, newest first; rows of ended ones are cleared away."""
    rows = UserSession.objects.purge_and_list(account)
    return [
        OpenSession(
            id=row.pk,
            began_at=row.created_at,
            address=row.ip,
            browser=browser_words(row.user_agent),
            here=row.session_key == session_key,
        )
        for row in sorted(rows, key=lambda row: row.created_at, reverse=True)
    ]


def account_linked_to(name: str) -> AbstractBaseUser | None:
    """The account that an administrator linked to this name of single sign-on."""
    linked = SignOnName.objects.filter(name=name).values_list("account_id", flat=True).first()
    return get_user_model()._default_manager.filter(pk=linked).first() if name and linked else None


def sign_on_name(account: int) -> str:
    """The name by which single sign-on knows an account; "" when it is not linked."""
    rows = SignOnName.objects.filter(account_id=account)
    return rows.values_list("name", flat=True).first() or ""


def citizen_exists(citizen: int) -> bool:
    """Whether the account was not closed meanwhile."""
    return Citizen.objects.filter(pk=citizen).exists()


def masked_phone(citizen: int) -> str:
    """The citizen's own phone, as it is shown to them: 138****1234."""
    return mask_phone(phones.unseal(bytes(Citizen.objects.get(pk=citizen).phone_sealed)))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A matter in a citizen's account: its row id, and the number of the contact it was kept with."""

    matter: int
    number: str
    kept_at: datetime


def matters_of(citizen: int) -> list[Kept]:
    """The matters that a citizen opens without a code, newest first."""
    rows = KeptMatter.objects.filter(citizen_id=citizen).order_by("-kept_at", "-id")
    return [Kept(matter=row.matter_id, number=row.number, kept_at=row.kept_at) for row in rows]


def kept_matter(citizen: int, number: str) -> int | None:
    """The matter kept under this number; None when the citizen keeps none such."""
    rows = KeptMatter.objects.filter(citizen_id=citizen, number=number)
    return rows.values_list("matter_id", flat=True).first()
