"""What is written down about the people who work with the platform."""

from enum import StrEnum


class AuditAction(StrEnum):
    """One code for each thing done that changes no matter, and is watched all the same."""

    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOGGED_OUT = "logged_out"
    VIEWED = "viewed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    UNMASKED = "unmasked"
    USED = "used"
    CODE_REISSUED = "code_reissued"
    CORRECTED = "corrected"
    FORGOTTEN = "forgotten"
    ADMINISTERED = "administered"
