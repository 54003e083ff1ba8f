"""Every address of the platform and whose it is: one literal table. An address that is not in it fails a test."""

from dataclasses import dataclass
from enum import StrEnum


class For(StrEnum):
    """Whose an address is."""

    ANYBODY = "anybody"  # no log-in; what it shows is for all
    STAFF = "staff"  # whoever is logged in at the desk, administrators too
    WORKERS = "workers"  # who holds a post in which one works on matters
    OFFICES = "offices"  # who holds such a post in a petition office
    SUPERVISORS = (
        "supervisors"  # petition offices, joint conferences, governments: who supervises others
    )
    OFFICE_HEADS = "office_heads"  # heads of petition offices
    KEEPERS = "keepers"  # who may arrange a hall: heads of petition offices, administrators
    PART = "part"  # for whom this matter exists
    STEP = "step"  # the same, and the step is theirs: others of them get a no in words
    CALLED = "called"  # who prepares this meeting of the conference, or is called to it
    PREPARES = "prepares"  # who prepares it; who is called gets a no
    OWN = "own"  # only what one has made oneself: a saved list, a draft, a substitute
    ADMINISTRATORS = "administrators"
    HOLDER = "holder"  # who has opened this matter with number and code, in this browser
    CITIZEN = "citizen"  # who is signed in with a phone
    OWN_DRAFT = "own_draft"  # the files of what this very browser is writing
    CLOSED = "closed"  # switched off unless a setting asks for it


@dataclass(frozen=True)
class Row:
    """One address: whose it is, and what stands in it (see `visitors.Town.values`)."""

    whose: For
    values: tuple[str, ...] = ()


_MATTER = ("number",)
TABLE: dict[str, Row] = {
    # -- everybody ------------------------------------------------------------------------------
    "set_language": Row(For.ANYBODY),
    "portal:home": Row(For.ANYBODY),
    "portal:submit": Row(For.ANYBODY),
    "portal:submit_page": Row(For.ANYBODY, ("page",)),
    "portal:submit_check": Row(For.ANYBODY),
    "portal:submit_forget": Row(For.ANYBODY),
    "portal:submit_keep": Row(For.ANYBODY),
    "portal:submit_file_add": Row(For.ANYBODY),
    "portal:submit_file_remove": Row(For.ANYBODY),
    "portal:lookup": Row(For.ANYBODY),
    "portal:lookup_end": Row(For.ANYBODY),
    "portal:rate": Row(For.ANYBODY),
    "portal:rate_link": Row(For.ANYBODY, ("token",)),
    "portal:appeals": Row(For.ANYBODY),
    "portal:account": Row(For.ANYBODY),
    "portal:account_code": Row(For.ANYBODY),
    "portal:account_leave": Row(For.ANYBODY),
    "portal:reception": Row(For.ANYBODY),
    "portal:hall_screen": Row(For.ANYBODY, ("hall",)),
    "portal:reception_days": Row(For.ANYBODY),
    "portal:reception_day": Row(For.ANYBODY, ("reception_day",)),
    "portal:book_time": Row(For.ANYBODY, ("slot",)),
    "portal:booking": Row(For.ANYBODY),
    "portal:give_booking_back": Row(For.ANYBODY),
    "portal:close_booking": Row(For.ANYBODY),
    "api:openapi-json": Row(For.ANYBODY),
    "api:submit": Row(For.ANYBODY),
    "api:only_post": Row(For.ANYBODY),
    "api:look_up": Row(For.ANYBODY, _MATTER),
    "api:only_get": Row(For.ANYBODY, _MATTER),
    "api:nothing_here": Row(For.ANYBODY, ("page",)),
    "api:api-root": Row(For.ANYBODY),
    # -- citizens -------------------------------------------------------------------------------
    "portal:submit_file": Row(For.OWN_DRAFT, ("file",)),
    "portal:receipt": Row(For.OWN_DRAFT, ("key",)),
    "portal:matter": Row(For.HOLDER, _MATTER),
    "portal:file": Row(For.HOLDER, ("number", "file")),
    "portal:paper": Row(For.HOLDER, ("number", "seq")),
    "portal:supplement": Row(For.HOLDER, _MATTER),
    "portal:withdraw": Row(For.HOLDER, _MATTER),
    "portal:written_opinion": Row(For.HOLDER, _MATTER),
    "portal:rate_matter": Row(For.HOLDER, _MATTER),
    "portal:appeal": Row(For.HOLDER, _MATTER),
    "portal:appeal_receipt": Row(For.HOLDER, _MATTER),
    "portal:account_add": Row(For.CITIZEN),
    "portal:account_close": Row(For.CITIZEN),
    "portal:account_open": Row(For.CITIZEN, _MATTER),
    "portal:account_keep": Row(For.CITIZEN, _MATTER),
    "portal:account_take_out": Row(For.CITIZEN, _MATTER),
    # -- log-in of staff ------------------------------------------------------------------------
    "account_login": Row(For.ANYBODY),
    "desk:login": Row(For.ANYBODY),
    "account_logout": Row(For.ANYBODY),
    "desk:logout": Row(For.ANYBODY),
    "account_inactive": Row(For.ANYBODY),
    "mfa_authenticate": Row(For.ANYBODY),
    "openid_connect_login": Row(For.ANYBODY, ("provider",)),
    "openid_connect_callback": Row(For.ANYBODY, ("provider",)),
    "socialaccount_login_error": Row(For.ANYBODY),
    "socialaccount_login_cancelled": Row(For.ANYBODY),
    "account_reauthenticate": Row(For.STAFF),
    "mfa_reauthenticate": Row(For.STAFF),
    "mfa_reauthenticate_webauthn": Row(For.STAFF),
    "account_change_password": Row(For.STAFF),
    "account_set_password": Row(For.ANYBODY),
    "mfa_index": Row(For.STAFF),
    "mfa_activate_totp": Row(For.STAFF),
    "mfa_deactivate_totp": Row(For.OWN),
    "mfa_view_recovery_codes": Row(For.OWN),
    "mfa_generate_recovery_codes": Row(For.STAFF),
    "mfa_download_recovery_codes": Row(For.OWN),
    "mfa_list_webauthn": Row(For.ANYBODY),
    "mfa_add_webauthn": Row(For.STAFF),
    "mfa_remove_webauthn": Row(For.OWN, ("id",)),
    "mfa_edit_webauthn": Row(For.OWN, ("id",)),
    "desk:account": Row(For.STAFF),
    "desk:name_substitute": Row(For.WORKERS),
    "desk:end_substitute": Row(For.OWN, ("id",)),
    "desk:end_sessions": Row(For.STAFF),
    # -- the desk -------------------------------------------------------------------------------
    "desk:start": Row(For.ANYBODY),
    "desk:work": Row(For.STAFF),
    "desk:views": Row(For.WORKERS),
    "desk:view": Row(For.OWN, ("id",)),
    "desk:together": Row(For.WORKERS),
    "desk:together_done": Row(For.WORKERS),
    "desk:visit": Row(For.WORKERS),
    "desk:call": Row(For.WORKERS),
    "desk:letter": Row(For.WORKERS),
    "desk:fax": Row(For.WORKERS),
    "desk:suggestions": Row(For.WORKERS),
    "desk:draft_files": Row(For.WORKERS, ("key",)),
    "desk:draft_file": Row(For.OWN, ("key", "file")),
    "desk:hall": Row(For.WORKERS),
    "desk:give_number": Row(For.WORKERS),
    "desk:turn": Row(For.WORKERS, ("id",)),
    "desk:halls": Row(For.KEEPERS),
    "desk:new_hall": Row(For.KEEPERS),
    "desk:one_hall": Row(For.KEEPERS, ("hall",)),
    "desk:new_window": Row(For.KEEPERS, ("hall",)),
    "desk:one_window": Row(For.KEEPERS, ("hall", "window")),
    "desk:reception_days": Row(For.STAFF),
    "desk:reception_notice": Row(For.STAFF),
    "desk:reception_days_table": Row(For.STAFF),
    "desk:reception_day": Row(For.STAFF, ("reception_day",)),
    "desk:new_reception_day": Row(For.KEEPERS),
    "desk:cancel_reception_day": Row(For.OWN, ("id",)),
    "desk:replace_leader": Row(For.OWN, ("id",)),
    "desk:walk_in": Row(For.OWN, ("id",)),
    "desk:arrive": Row(For.OWN, ("id", "id")),
    "desk:group_visits": Row(For.WORKERS),
    "desk:group_visits_table": Row(For.WORKERS),
    "desk:group_visit": Row(For.PART, ("group_visit",)),
    "desk:duties": Row(For.WORKERS),
    "desk:duties_table": Row(For.WORKERS),
    "desk:duty": Row(For.PART, ("duty",)),
    "desk:give_duty": Row(For.PART, _MATTER),
    "desk:leadership": Row(For.WORKERS),
    "desk:cases": Row(For.WORKERS),
    "desk:cases_table": Row(For.WORKERS),
    "desk:case": Row(For.PART, ("lead",)),
    "desk:new_visit": Row(For.STEP, ("lead",)),
    "desk:assign_lead": Row(For.STEP, _MATTER),
    "desk:propose_item": Row(For.PART, _MATTER),
    "desk:visits": Row(For.WORKERS),
    "desk:visits_table": Row(For.WORKERS),
    "desk:conferences": Row(For.WORKERS),
    "desk:conferences_table": Row(For.WORKERS),
    "desk:new_conference": Row(For.OFFICES),
    "desk:conference": Row(For.CALLED, ("conference",)),
    "desk:change_conference": Row(For.PREPARES, ("conference",)),
    "desk:attendance": Row(For.PREPARES, ("conference",)),
    "desk:candidates": Row(For.PREPARES, ("conference",)),
    "desk:propose_subject": Row(For.CALLED, ("conference",)),
    "desk:add_papers": Row(For.PREPARES, ("conference",)),
    "desk:conference_paper": Row(For.CALLED, ("conference", "paper_file")),
    "desk:conference_item": Row(For.CALLED, ("item",)),
    "desk:responsibility": Row(For.STAFF),
    "desk:responsibility_table": Row(For.STAFF),
    "desk:referral": Row(For.OFFICES),
    "desk:referral-send": Row(For.OFFICES),
    # -- a matter -------------------------------------------------------------------------------
    "desk:matter": Row(For.PART, _MATTER),
    "desk:step": Row(For.STEP, ("number", "step")),
    "desk:paper": Row(For.PART, ("number", "paper")),
    "desk:receipt": Row(For.PART, ("number", "number")),
    "desk:receipt_again": Row(For.PART, ("number", "number")),
    "desk:people": Row(For.PART, _MATTER),
    "desk:file": Row(For.PART, ("number", "file")),
    "desk:trace": Row(For.PART, _MATTER),
    # -- supervision ----------------------------------------------------------------------------
    "desk:supervision": Row(For.WORKERS),
    "desk:supervision_urge": Row(For.WORKERS),
    "desk:supervision_answers": Row(For.WORKERS),
    "desk:supervision_listed": Row(For.WORKERS),
    "desk:supervision_recommendations": Row(For.WORKERS),
    "desk:supervision_recommend": Row(For.OFFICE_HEADS),
    "desk:supervision_recommendation": Row(For.OWN, ("id",)),
    "desk:supervision_units": Row(For.WORKERS),
    "desk:supervision_unit": Row(For.OWN, ("unit",)),
    "desk:supervision_report": Row(For.SUPERVISORS),
    "desk:supervision_report_matters": Row(For.SUPERVISORS),
    # -- administration -------------------------------------------------------------------------
    "desk:admin": Row(For.ANYBODY),
    "desk:admin-units": Row(For.ADMINISTRATORS),
    "desk:admin-unit-add": Row(For.ADMINISTRATORS),
    "desk:admin-unit": Row(For.ADMINISTRATORS, ("unit",)),
    "desk:admin-unit-rename": Row(For.ADMINISTRATORS, ("unit",)),
    "desk:admin-unit-end": Row(For.ADMINISTRATORS, ("unit",)),
    "desk:admin-accounts": Row(For.ADMINISTRATORS),
    "desk:admin-account-add": Row(For.ADMINISTRATORS),
    "desk:admin-account": Row(For.ADMINISTRATORS, ("account",)),
    "desk:admin-post-give": Row(For.ADMINISTRATORS, ("account",)),
    "desk:admin-post-end": Row(For.ADMINISTRATORS, ("account", "post")),
    "desk:admin-account-reset": Row(For.ADMINISTRATORS, ("account", "what")),
    "desk:admin-calendar": Row(For.ADMINISTRATORS),
    "desk:admin-notice": Row(For.ADMINISTRATORS),
    "desk:admin-year": Row(For.ADMINISTRATORS, ("year",)),
    "desk:admin-provisions": Row(For.ADMINISTRATORS),
    "desk:admin-compare": Row(For.ADMINISTRATORS),
    "desk:admin-local": Row(For.ADMINISTRATORS),
    "desk:admin-categories": Row(For.ADMINISTRATORS),
    "desk:admin-category-add": Row(For.ADMINISTRATORS),
    "desk:admin-category-rename": Row(For.ADMINISTRATORS, ("category",)),
    "desk:admin-category-retire": Row(For.ADMINISTRATORS, ("category",)),
    "desk:admin-texts": Row(For.ADMINISTRATORS),
    "desk:admin-text": Row(For.ADMINISTRATORS, ("text",)),
    "desk:admin-audit": Row(For.ADMINISTRATORS),
    "desk:admin-audit-export": Row(For.ADMINISTRATORS),
    "desk:admin-health": Row(For.ADMINISTRATORS),
    # -- for builders ---------------------------------------------------------------------------
    "ui:gallery": Row(For.CLOSED),
    "ui:gallery_desk": Row(For.CLOSED),
    "ui:gallery_error": Row(For.CLOSED, ("error",)),
}
