"""Everything `law` refuses. Each error carries a reason (a code and facts), never loose words."""

from xinqiao.law.wording import Fact, Lang, Reason, say


class LawError(ValueError):
    """The base of all refusals: `code` for programs, `say(lang)` for people."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.reason = Reason.of(code, **facts)
        super().__init__(code)

    @property
    def code(self) -> str:
        """The code of the sentence in `wording.toml`; tests and callers decide on it."""
        return self.reason.code

    def say(self, lang: Lang = "zh") -> str:
        """The sentence for people: what is wrong, where, and what to do."""
        return say(self.reason, lang)

    def __str__(self) -> str:
        return self.say("en")


class NoLawInForce(LawError):
    """No regulation of this field was in force on that day."""


class BadEvent(LawError):
    """An event, or the ledger around it, is not written as the contract says."""


class ImpossibleOrder(LawError):
    """The events are well written, but the law does not allow this one at this point."""


class BadCalendar(LawError):
    """A file of days off cannot be used."""


class BadProvision(LawError):
    """A file of provisions cannot be used."""


class LooserThanLaw(BadProvision):
    """A local provision would give an office more time, or a petitioner less, than the law does."""
