"""What is written down about the people who work with the platform."""

from enum import StrEnum


class AuditAction(StrEnum):
    """One code for each thing done that changes no matter, and is watched all the same."""

    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOGGED_OUT = "logged_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    SECOND_FACTOR_FAILED = "second_factor_failed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    SIGN_ON_LINKED = "sign_on_linked"
    SIGN_ON_REFUSED = "sign_on_refused"
    SUBSTITUTE_NAMED = "substitute_named"
    SUBSTITUTE_ENDED = "substitute_ended"
    VIEWED = "viewed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    UNMASKED = "unmasked"
    USED = "used"
    CODE_REISSUED = "code_reissued"
    CORRECTED = "corrected"
    FORGOTTEN = "forgotten"
    RECOMMENDED = "recommended"
    RECOMMENDATION_ANSWERED = "recommendation_answered"
    ADMINISTERED = "administered"


#: What an account's owner is shown as the log of their log-ins.
OF_LOG_IN = (
    AuditAction.LOGGED_IN,
    AuditAction.LOGIN_FAILED,
    AuditAction.LOGGED_OUT,
    AuditAction.SESSION_ENDED,
    AuditAction.PASSWORD_CHANGED,
    AuditAction.SECOND_FACTOR_FAILED,
    AuditAction.SECOND_FACTOR_ADDED,
    AuditAction.SECOND_FACTOR_REMOVED,
    AuditAction.SECOND_FACTOR_RESET,
    AuditAction.SIGN_ON_LINKED,
    AuditAction.SIGN_ON_REFUSED,
)
