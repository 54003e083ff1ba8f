"""The form fields of the desk: long lists that are searched by typing, days, times, yes or no, free texts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.rules.money import in_fen, yuan
from xinqiao.text.clean import MAX_TEXT, fold_width
from xinqiao.ui.forms import RENDERER
from xinqiao.ui.punctuation import in_turn

Choices = Iterable[tuple[str, str]]
_NAMED = 5  # so many of the names that fit are said back


class DeskForm(forms.Form):
    """A form drawn with the components of the platform."""

    default_renderer = RENDERER


class Words(forms.CharField):
    """A free text; what cannot be kept is taken out where it is stored, so a NUL is no error here."""

    def __init__(self, *, long: bool = False, rows: int = 5, **kwargs: Any) -> None:
        widget = (
            forms.Textarea(attrs={"rows": rows})
            if long
            else forms.TextInput(attrs={"autocomplete": "off"})
        )
        super().__init__(widget=widget, **kwargs)
        self.validators = [
            one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if len(text) > MAX_TEXT:
            facts = {"length": len(text), "limit": MAX_TEXT}
            raise forms.ValidationError(_(
                "The text has %(length)s characters; at most %(limit)s fit. Split it, or attach it as a file."
            ) % facts)  # fmt: skip
        return text


class Day(forms.DateField):
    """A date, by the calendar of the browser or typed."""

    default_error_messages = {"invalid": gettext_lazy("Give a date, such as 2026-03-02.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class Moment(forms.DateTimeField):
    """A date and a time of day in Shanghai."""

    default_error_messages = {
        "invalid": gettext_lazy("Give a date and a time, such as 2026-03-02 14:30.")
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


class Money(forms.CharField):
    """An amount in yuan, as people write it; gives whole fen. `low` and `high` are in fen."""

    default_error_messages = {
        "not_money": gettext_lazy("Give an amount in yuan with at most two decimals, such as 1200.50."),
        "out_of_range": gettext_lazy("The amount lies between %(low)s and %(high)s yuan."),
    }  # fmt: skip

    def __init__(self, *, low: int = 1, high: int = 10**12, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"})
        super().__init__(widget=widget, max_length=30, **kwargs)
        self.low, self.high = low, high

    def prepare_value(self, value: Any) -> Any:
        return yuan(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = fold_width(str(super().clean(value) or "")).translate(_NO_PART_OF_A_NUMBER)
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            raise forms.ValidationError(self.error_messages["not_money"], code="not_money")
        fen = in_fen(Decimal(text))
        if not self.low <= fen <= self.high:
            span = {"low": yuan(self.low), "high": yuan(self.high)}
            raise forms.ValidationError(
                self.error_messages["out_of_range"], code="out_of_range", params=span
            )
        return fen


_DECIMAL = re.compile(r"[0-9]{1,15}([.][0-9]{1,2})?")
_NO_PART_OF_A_NUMBER = dict.fromkeys(map(ord, " ,，、元¥￥"))


class YesNo(forms.TypedChoiceField):
    """Yes, no, or (where it is optional) nothing said: True, False, None."""

    def __init__(self, *, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda text: text == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class PickInput(forms.TextInput):
    """A text box with a list to search in by typing; `rows` boxes where several may be picked.

    A long list may stay at its `source`, an address, until the box is entered.
    """

    template_name = "desk/forms/pick.html"

    def __init__(self, choices: Mapping[str, str], rows: int = 0, source: str = "") -> None:
        super().__init__(
            attrs={"autocomplete": "off", "placeholder": gettext_lazy("type to search")}
        )
        self.choices = choices
        self.rows, self.source = rows, source
        self.use_fieldset = rows > 0

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if self.rows and hasattr(data, "getlist") else data.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = [self.choices.get(one, one) for one in (value or [])] if self.rows else []
        blank = max(self.rows - len(given), 1) if self.rows else 0
        context["widget"] |= {
            "value": None if self.rows else self.choices.get(value, value),
            "boxes": [*given, *[""] * blank],
            "labels": () if self.source else self.choices.values(),
            "source": self.source,
        }
        return context


def labelled(choices: Choices) -> dict[str, str]:
    """Codes and labels, every label once: the same name twice gets its code behind it."""
    found = dict(choices)
    times = Counter(found.values())
    return {
        code: f"{label} ({code})" if times[label] > 1 else label for code, label in found.items()
    }


class Pick(forms.Field):
    """One of a long list, found by typing: gives its code, whether the label or the code was typed.

    Where the list is at a `source`, its choices are looked at only for what was typed or stands in the box.
    """

    default_error_messages = {
        "unknown": gettext_lazy(
            "“%(typed)s” is not in the list. Type a part of the name and choose from the list."
        ),
        "ambiguous": gettext_lazy(
            "“%(typed)s” stands for more than one: %(some)s. Type more of the name."
        ),
    }

    def __init__(self, choices: Mapping[str, str], source: str = "", **kwargs: Any) -> None:
        self.choices = choices
        kwargs.setdefault("widget", PickInput(choices, source=source))
        super().__init__(**kwargs)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {label: code for code, label in self.choices.items()}

    def to_python(self, value: Any) -> Any:
        return self.code_of(value) if value and value.strip() else ""

    def code_of(self, typed: str) -> str:
        """Raises ValidationError, naming what was typed."""
        text = " ".join(typed.split())
        code = text if text in self.choices else self._codes.get(text)
        if code is None:
            code = self._the_only_one_with(text)
        return code

    def _the_only_one_with(self, text: str) -> str:
        """A part of a name is enough where only one has it. Raises ValidationError, with the first few that do."""
        fitting = [label for label in self._codes if text.casefold() in label.casefold()]
        if len(fitting) == 1:
            return self._codes[fitting[0]]
        reason = "ambiguous" if fitting else "unknown"
        facts = {"typed": text[:60], "some": in_turn(fitting[:_NAMED])}
        raise forms.ValidationError(self.error_messages[reason], code=reason, params=facts)


class PickSeveral(Pick):
    """Any number of a long list: gives the codes, each once."""

    hidden_widget = forms.MultipleHiddenInput  # a second look carries every one of them along

    def __init__(
        self, choices: Mapping[str, str], rows: int = 3, source: str = "", **kwargs: Any
    ) -> None:
        super().__init__(choices, widget=PickInput(choices, rows, source), **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = [one for one in value or () if one.strip()]
        return list(dict.fromkeys(self.code_of(one) for one in typed))
