"""The six ways of article 31 as a citizen would ask about them: which cases, and whom to turn to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xinqiao.lookup.words import Words
from xinqiao.rules.states import OUTSIDE_PATHS, LegalPath


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the six: its name in law, cases that go this way, and who decides there."""

    label: str
    cases: str
    where: str
    inside: bool


def ways() -> list[Way]:
    """The six in the order of the article."""
    words = Words.here()
    said = _outside() | _inside()
    return [
        Way(
            label=words.label("path", path),
            cases=said[path][0],
            where=said[path][1],
            inside=path not in OUTSIDE_PATHS,
        )
        for path in LegalPath
    ]


def _outside() -> dict[LegalPath, tuple[str, str]]:
    """Cases and whom to turn to, of the ways that lie outside the petition procedure."""
    return {
        LegalPath.LITIGATION: (
            _("You disagree with a judgment; somebody owes you money; a contract is broken; a crime."),
            _("The court, the procuratorate, the police."),
        ),
        LegalPath.ARBITRATION: (
            _("A dispute about work, about contracted farm land, or about a contract that names arbitration."),
            _("The arbitration commission for labour, for farm land, or the one named in the contract."),
        ),
        LegalPath.PARTY_APPEAL: (
            _("You are a Party member and disagree with a decision about yourself."),
            _("The Party organisation that decided, or the one above it."),
        ),
        LegalPath.ADMINISTRATIVE: (
            _("You disagree with a fine, a refused permit, an expropriation, the finding on a work injury."),
            _("The authority named at the end of the decision, until the day named there."),
        ),
    }  # fmt: skip


def _inside() -> dict[LegalPath, tuple[str, str]]:
    """The same of the ways that are gone here."""
    return {
        LegalPath.DUTY: (
            _("An authority should do its duty or stop something unlawful: illegal building, pollution, unpaid wages."),
            _("That authority. It acts, or answers; submit it here and it is passed on."),
        ),
        LegalPath.PETITION: (
            _("None of these."),
            _("Here: you are heard, it is looked into, and you get a written opinion that you may have reviewed."),
        ),
    }  # fmt: skip
