"""What every form of the portal shares: the look, texts that are cleaned as they come in, refusals as errors."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.rules.refusals import Refusal
from xinqiao.text.clean import MAX_TEXT, Problem, clean_text, fold_width
from xinqiao.ui.forms import RENDERER


class PortalForm(forms.Form):
    """A form drawn with the components of the platform."""

    default_renderer = RENDERER
    use_required_attribute = False  # our own sentences are shown, not the browser's

    def refuse(self, refusal: Refusal, fields: Mapping[str, str] | None = None) -> None:
        """Shows a refusal of the rules at the field it names, else above the form.

        `fields` says which field of this form stands for one of the rules, where the names differ.
        """
        named = refusal.facts.get("field", "")
        name = (fields or {}).get(named, named)
        self.add_error(name if name in self.fields else None, Words.here().say(refusal))

    def notes(self) -> list[str]:
        """What was taken out of the texts of a valid form, as sentences."""
        words = Words.here()
        return [
            words.say(Refusal(note.code, None, note.facts))
            for field in self.fields.values()
            for note in getattr(field, "removed", ())
        ]


class Text(forms.CharField):
    """Words of a citizen. What cannot be kept is taken out and noted; only too much is an error."""

    multiline = True

    def __init__(self, *, longest: int = MAX_TEXT, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)
        self.longest = longest
        self.removed: tuple[Problem, ...] = ()

    def to_python(self, value: Any) -> str:
        cleaned = clean_text(str(value or ""), multiline=self.multiline)
        if isinstance(cleaned, Problem):
            raise _too_long(cleaned.facts["length"], self.longest)
        if len(cleaned.text) > self.longest:
            raise _too_long(str(len(cleaned.text)), self.longest)
        self.removed = cleaned.notes
        return cleaned.text


class Line(Text):
    """One line of words; digits and letters typed in full width become ordinary ones."""

    multiline = False

    def __init__(self, *, longest: int = 120, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(longest=longest, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(fold_width(str(value or "")))


def _too_long(length: str, limit: int) -> ValidationError:
    message = _(
        "This has %(length)s characters; at most %(limit)s fit. Shorten it, or send the rest as"
        " a supplement."
    )
    return ValidationError(message % {"length": length, "limit": limit}, code="too_long")


class Choice(forms.ChoiceField):
    """One of a few, each explained: radio buttons."""

    widget = forms.RadioSelect
    default_error_messages = {
        "required": gettext_lazy("Choose one of these."),
        "invalid_choice": gettext_lazy("That is not one of the choices. Choose one of these."),
    }


def explained(choices: Iterable[tuple[str, str, str]]) -> list[tuple[str, SafeString]]:
    """Choices with a sentence under each label: (code, label, sentence)."""
    return [
        (code, format_html('<span class="xq-choice">{}</span><span class="xq-choice-help">{}</span>', label, words))
        for code, label, words in choices
    ]  # fmt: skip
