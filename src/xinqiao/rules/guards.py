"""The conditions beside state and post. Each guard answers None or a refusal with its article."""

from collections.abc import Collection

from xinqiao.law.clocks import Clock
from xinqiao.rules import group_visits
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.persons import Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import OUTSIDE_PATHS, Kind, LegalPath, State
from xinqiao.rules.steps import Case, Guard
from xinqiao.rules.units import UnitKind
from xinqiao.rules.wall import walled_units


def _latest(case: Case, clock_id: str) -> Clock | None:
    return next((clock for clock in reversed(case.clocks) if clock.id == clock_id), None)


def window_open(clock_id: str) -> Guard:
    """The window of the petitioner, or of an objecting unit, still stands open today."""

    def guard(case: Case) -> Refusal | None:
        clock = _latest(case, clock_id)
        if clock is None:
            return Refusal("no_window", None, {"clock": clock_id})
        if clock.state == "open":
            return None
        return Refusal("window_closed", clock.article, {"clock": clock_id, "due": str(clock.due)})

    return guard


def window_lapsed(case: Case) -> Refusal | None:
    """The time in which the petitioner could ask further has run out unused (art. 35, 36)."""
    clock_id = "request_review" if case.facts.state is State.ANSWERED else "request_reexamination"
    clock = _latest(case, clock_id)
    if clock is not None and clock.state == "open":
        return Refusal(
            "window_still_open", clock.article, {"clock": clock_id, "due": str(clock.due)}
        )
    return None


def petition_path(case: Case) -> Refusal | None:
    """Only the sixth path runs in the petition procedure (art. 31)."""
    path = case.fields.get("path") or case.facts.path
    if path in OUTSIDE_PATHS or path == LegalPath.DUTY:
        return Refusal("not_petition_path", "31", {"path": str(path)})
    return None


def other_path(case: Case) -> Refusal | None:
    """Suggestions, reports and claims to a duty are taken up; a sixth-path claim is accepted instead."""
    if case.facts.kind == "claim" and case.facts.path is not LegalPath.DUTY:
        return Refusal("accept_instead", "31")
    return None


def holder_is_petition_office(case: Case) -> Refusal | None:
    """Only a petition office sends a matter on (art. 22)."""
    holder = case.facts.holder
    if holder in case.units and case.units[holder].kind is UnitKind.PETITION_OFFICE:
        return None
    return Refusal("not_a_petition_office", "22")


def competent_organ(case: Case) -> Refusal | None:
    """A petition office sends a matter to whoever is competent; it handles none itself (art. 22)."""
    if holder_is_petition_office(case) is None:
        return Refusal("petition_office_refers", "22")
    return None


def procedure_is(*procedures: str) -> Guard:
    """The matter was accepted in one of these procedures."""

    def guard(case: Case) -> Refusal | None:
        if case.facts.procedure in procedures:
            return None
        return Refusal("other_procedure", None, {"procedure": case.facts.procedure})

    return guard


def can_reply(case: Case) -> Refusal | None:
    """A plain answer ends everything but an ordinary claim, which needs a handling opinion (art. 32)."""
    if (
        case.facts.state is State.REGISTERED
    ):  # the office that received it may answer at once (art. 22)
        organ = competent_organ(case) is None
        return Refusal("not_taken_up", "23") if organ else None
    ordinary_claim = case.facts.kind is Kind.CLAIM and case.facts.procedure == "ordinary"
    return Refusal("opinion_needed", "32") if ordinary_claim else None


def not_extended(case: Case) -> Refusal | None:
    """A handling period is extended once (art. 34), while it still runs."""
    if case.facts.extended:
        return Refusal("extended_before", "34")
    if case.facts.extension_asked:
        return Refusal("extension_pending", "34")
    clock = _latest(case, "handle")
    if clock is not None and clock.state == "overdue":
        return Refusal("already_overdue", "34", {"due": str(clock.due)})
    return None


def extension_asked(case: Case) -> Refusal | None:
    return None if case.facts.extension_asked else Refusal("no_extension_asked", "34")


def nothing_pending(case: Case) -> Refusal | None:
    """An opinion waits until a pending extension is decided and an open hearing is closed."""
    if case.facts.extension_asked:
        return Refusal("extension_pending", "34")
    if case.facts.hearing_open:
        return Refusal("hearing_open", "31")
    return None


def accounts_told(case: Case) -> Refusal | None:
    """An account that stays open is no secret: what is still owed, and who sees to it, is written down (art. 27)."""
    open_ones = [name for name in ACCOUNTS if case.fields.get(name) == "open"]
    if open_ones and not case.fields.get("accounts_note"):
        return Refusal("account_open", "27", {"field": open_ones[0]})
    return None


def holder_is_walled(case: Case) -> Refusal | None:
    """Taken back only from a holder that the report names: that one can neither see it nor act on it (art. 30)."""
    if case.facts.holder in walled_units(case.facts, case.units):
        return None
    return Refusal("holder_not_walled", "30", {"unit": case.facts.holder})


def both_agree(case: Case) -> Refusal | None:
    """Mediation needs the will of both sides (art. 33)."""
    if case.fields and not case.fields.get("both_agree"):
        return Refusal("consent_needed", "33")
    return None


def mediation_is(is_open: bool) -> Guard:
    def guard(case: Case) -> Refusal | None:
        if case.facts.mediation_open is is_open:
            return None
        return Refusal("no_mediation" if is_open else "mediation_open", "33")

    return guard


def hearing_is(is_open: bool) -> Guard:
    def guard(case: Case) -> Refusal | None:
        if case.facts.hearing_open is is_open:
            return None
        return Refusal("no_hearing" if is_open else "hearing_open", "31")

    return guard


def supported(case: Case) -> Refusal | None:
    """Only an opinion that supports the petitioner is executed (art. 32)."""
    return None if case.facts.supported else Refusal("nothing_to_execute", "32")


def fact_is(name: str, wanted: object, code: str, article: str | None) -> Guard:
    """The named fact has this value; otherwise the refusal `code`."""

    def guard(case: Case) -> Refusal | None:
        return None if getattr(case.facts, name) == wanted else Refusal(code, article)

    return guard


def fresh_eyes(*levels: str) -> Guard:
    """Who decided on the level below does not decide on this one (art. 36), nor does who stands in for them."""

    def guard(case: Case) -> Refusal | None:
        eyes = {case.person.account, *case.person.away}
        below = {done.account for done in case.facts.handled_by if done.level in levels}
        return Refusal("handled_level_below", "36") if eyes & below else None

    return guard


def different_organ(case: Case) -> Refusal | None:
    """Review and re-examination belong to a different, higher organ than those below (art. 35, 36)."""
    target = case.fields.get("to_unit")
    below = {case.facts.handler, case.facts.reviewer} - {""}
    if target in below:
        return Refusal("same_organ_as_below", "36")
    return None


def one_of(name: str, allowed: Collection[str], code: str, article: str) -> Guard:
    """A field, when given, is one of these."""

    def guard(case: Case) -> Refusal | None:
        value = case.fields.get(name)
        return None if value is None or value in allowed else Refusal(code, article)

    return guard


def merged_away(case: Case) -> Refusal | None:
    """A successor takes over only when the holder no longer exists (art. 24)."""
    units, holder = case.units, case.facts.holder
    if holder in units and units[holder].exists_on(case.today):
        return Refusal("unit_still_exists", "24", {"unit": holder})
    return None


def not_oneself(name: str) -> Guard:
    """A second person approves (art. 27)."""

    def guard(case: Case) -> Refusal | None:
        acting = {case.person.account, *case.person.away}
        same = name in case.fields and case.fields[name] in acting
        return Refusal("approver_is_actor", "27") if same else None

    return guard


def oneself_or_by_head(case: Case) -> Refusal | None:
    """Whoever has an interest steps back; a head may order it (art. 28)."""
    heads = case.person.units(frozenset({Role.HEAD}))
    named = case.fields.get("account")
    if named is None or named == case.person.account or heads:
        return None
    return Refusal("only_oneself", "28")


def not_shut_out(name: str) -> Guard:
    """Who withdrew, or is reported, gets no part in the matter (art. 28, 30)."""

    def guard(case: Case) -> Refusal | None:
        shut_out = case.facts.recused | case.facts.reported_accounts
        return Refusal("shut_out", "28") if case.fields.get(name) in shut_out else None

    return guard


def may_take_part(name: str) -> Guard:
    """The unit in this field may be given a part: never one that the wall shuts out, and of a report no new one."""

    def guard(case: Case) -> Refusal | None:
        unit = case.fields.get(name)
        if not unit:
            return None
        if unit in walled_units(case.facts, case.units):
            return Refusal("unit_not_allowed", "30")
        if case.facts.kind is Kind.REPORT and unit not in case.facts.involved:
            return Refusal("report_stays", "30")
        return None

    return guard


def no_lead_yet(case: Case) -> Refusal | None:
    """One leader at a time is in charge: who hands over ends it first (art. 18)."""
    return Refusal("has_a_lead", "18") if case.facts.lead is not None else None


def not_a_report(case: Case) -> Refusal | None:
    """A report never comes before a round of units (art. 30)."""
    return Refusal("report_stays", "30") if case.facts.kind is Kind.REPORT else None


def not_ones_own_yet(case: Case) -> Refusal | None:
    """Colleagues stand in for each other; nobody takes on what they have already."""
    own = case.facts.officer is not None and case.facts.officer == case.person.account
    return Refusal("already_officer", "28") if own else None


def reported_are_elsewhere(case: Case) -> Refusal | None:
    """The wall leaves somebody on this side: a report on its holder first goes up, and is walled there (art. 30)."""
    named = set(case.fields.get("reported_units") or ())
    lines = [case.units.line_up(unit) for unit in case.facts.involved if unit in case.units]
    if named and all(named.intersection(line) for line in lines):
        return Refusal("reported_holds_it", "30")
    return None


def entry_is_revocable(case: Case) -> Refusal | None:
    """Only the last step can be revoked, if it is of a kind that can be and nothing was built on it.

    Whom a matter was sent to objects to that (art. 23); taking it back is for whoever sent it.
    """
    if case.revocable is None:
        return Refusal("nothing_to_revoke")
    if not _answers_for(case.revocable_unit, case):
        return Refusal("object_instead", "23")
    named = case.fields.get("entry")
    return None if named in (None, case.revocable) else Refusal("not_the_last_step")


def entry_is_correctable(case: Case) -> Refusal | None:
    """The date of an entry that counts for a clock can be corrected by its own side, never into the future."""
    named, day = case.fields.get("entry"), case.fields.get("corrected_date")
    if not case.correctable or (named is not None and named not in case.correctable):
        return Refusal("nothing_to_correct")
    own = {entry for entry, unit in case.correctable.items() if _answers_for(unit, case)}
    if not own or (named is not None and named not in own):
        return Refusal("date_of_another")
    return Refusal("date_in_future") if day is not None and day > case.today else None


def _answers_for(unit: str, case: Case) -> bool:
    """Whether the person heads the unit that made an entry, or a petition office that does not hold the matter."""
    heads = case.person.units(frozenset({Role.HEAD}))
    others = {
        case.units[head].kind for head in heads if head in case.units and head != case.facts.holder
    }
    return unit in heads or UnitKind.PETITION_OFFICE in others


def help_follows_consent(case: Case) -> Refusal | None:
    """Help with the way home: offered first, given only with consent."""
    if "help_offered" not in case.fields:
        return None
    asked = ("help_offered", "help_consented", "help_given")
    offered, consented, given = (case.fields.get(name) for name in asked)
    return group_visits.help_follows_consent(bool(offered), consented, given)


def settled_or_closed(case: Case) -> Refusal | None:
    """A group visit is reviewed when the matter itself is settled or closed, and not before."""
    if group_visits.follow_up_is_over(case.facts.state, case.facts.settled):
        return None
    return Refusal("matter_goes_on", group_visits.ARTICLE)
