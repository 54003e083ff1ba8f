"""What is done to accounts: of staff by administrators and owners, of citizens by themselves."""

import hmac
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F

from xinqiao.accounts import phones, senders, throttle
from xinqiao.accounts.models import Citizen, KeptMatter, PhoneCode, SignOnName
from xinqiao.accounts.throttle import Limit
from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction

CODE_LASTS = timedelta(minutes=5)
MOST_TRIES = 5
#: A hall or a village may share one address; a phone is one person's.
_SENT_TO_PHONE = Limit(name="code-to-phone", most=3, within=timedelta(minutes=15))
_SENT_A_DAY = Limit(name="code-to-phone-day", most=10, within=timedelta(hours=24))
_ASKED_FROM = Limit(name="code-asked-from", most=30, within=timedelta(minutes=15))
_WRONG_FROM = Limit(name="code-wrong-from", most=60, within=timedelta(minutes=15))


class MustWait(Exception):
    """Too much was asked for or went wrong; `until` is when it may be tried again, `now` when it was."""

    def __init__(self, until: datetime, now: datetime) -> None:
        super().__init__(f"wait until {until.isoformat()}")
        self.until, self.now = until, now


# -- accounts of staff -------------------------------------------------------------------------------------------


@transaction.atomic
def reset_second_factor(account: int, *, by: int, now: datetime, reason: str = "") -> int:
    """Takes a lost app, key and the recovery codes off an account; at the next log-in its owner sets up a new one.

    `by` is the account of the administrator: whether they may is for the caller to ask. All sessions of the account
    end. Returns how many factors were there.
    """
    removed: int = Authenticator.objects.filter(user_id=account).delete()[0]
    end_sessions(account)
    _administered(AuditAction.SECOND_FACTOR_RESET, account, by=by, now=now, reason=reason)
    return removed


@transaction.atomic
def set_password(account: int, password: str, *, by: int, now: datetime) -> None:
    """A new password given by an administrator; all sessions of the account end, and its owner chooses another.

    Raises django.core.exceptions.ValidationError with one sentence for each rule the password breaks.
    """
    user = get_user_model()._default_manager.get(pk=account)
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(account)
    _administered(AuditAction.PASSWORD_CHANGED, account, by=by, now=now)


@transaction.atomic
def link_single_sign_on(account: int, name: str, *, by: int, now: datetime) -> None:
    """From now on the identity with this name opens the account; "" unlinks it.

    Whatever identity opened it before does no longer. Raises django.db.IntegrityError when the name is another's.
    """
    SocialAccount.objects.filter(user_id=account).delete()
    SignOnName.objects.filter(account_id=account).delete()
    if name:
        SignOnName.objects.create(account_id=account, name=name, linked_at=now)
    _administered(AuditAction.SIGN_ON_LINKED, account, by=by, now=now)


def end_sessions(account: int, *, but: str | None = None, only: int | None = None) -> int:
    """Ends open sessions of an account: all, all but the one with key `but`, or only the row `only`. How many ended."""
    sessions = UserSession.objects.filter(user_id=account).exclude(session_key=but or "")
    sessions = sessions.filter(pk=only) if only is not None else sessions
    ending = list(sessions)
    for session in ending:
        session.end()
    return len(ending)


def _administered(
    action: AuditAction, account: int, *, by: int, now: datetime, reason: str = ""
) -> None:
    audit.record(
        action, now=now, by_account=by, object_kind="account", object_id=account, reason=reason
    )


# -- accounts of citizens -----------------------------------------------------------------------------------------


def send_code(phone: str, *, address: str, now: datetime) -> None:
    """Sends a fresh code to a phone (digits, as `text.clean.normal_phone` gives them); the one before no longer opens.

    Known and unknown phones are treated alike: entering the code makes the account. Raises MustWait, and
    senders.CodeNotSent when the code did not get away.
    """
    counted = [(_SENT_TO_PHONE, phone), (_SENT_A_DAY, phone), (_ASKED_FROM, address)]
    _wait(counted, now)
    throttle.count(counted, now)
    code = phones.new_code()
    PhoneCode.objects.update_or_create(
        phone_index=phones.index(phone),
        defaults={
            "code_hash": phones.code_hash(phone, code),
            "ends_at": now + CODE_LASTS,
            "tries": 0,
        },
    )
    senders.send(phone, code)


def enter_code(phone: str, code: str, *, address: str, now: datetime) -> int | None:
    """The account of the citizen whose phone got this code, made if there was none; None when the code does not open.

    A code opens once, within five minutes, and is worthless after five wrong tries. Raises MustWait.
    """
    counted = [(_WRONG_FROM, address)]
    _wait(counted, now)
    if not _opens(phone, code, now):
        throttle.count(counted, now)
        return None
    citizen, _ = Citizen.objects.get_or_create(
        phone_index=phones.index(phone),
        defaults={"phone_sealed": phones.seal(phone), "created_at": now},
    )
    return citizen.pk


def _opens(phone: str, code: str, now: datetime) -> bool:
    """Counts the try before it looks: two at once cannot both be the last."""
    alive = PhoneCode.objects.filter(phone_index=phones.index(phone), ends_at__gt=now)
    if not alive.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    kept = alive.values_list("code_hash", flat=True).first() or ""
    right = hmac.compare_digest(kept, phones.code_hash(phone, code))
    return right and bool(alive.filter(code_hash=kept).delete()[0])


def _wait(counted: list[tuple[Limit, str]], now: datetime) -> None:
    until = throttle.waits_until(counted)
    if until is not None:
        raise MustWait(until, now)


def remember_submission(citizen: int, matter: int, number: str, *, now: datetime) -> None:
    """The citizen opens this matter without its code from now on. The caller has seen that it is theirs.

    Theirs means: submitted while signed in, or opened with number and query code. Twice is once.
    """
    KeptMatter.objects.get_or_create(
        citizen_id=citizen, matter_id=matter, defaults={"number": number, "kept_at": now}
    )


def take_out(citizen: int, number: str) -> None:
    """The matter is no longer in the account; the matter itself goes on, and its query code opens it."""
    KeptMatter.objects.filter(citizen_id=citizen, number=number).delete()


def close_account(citizen: int) -> None:
    """Nothing of the account stays; the petitions go on, and their query codes open them."""
    Citizen.objects.filter(pk=citizen).delete()
