"""How forms are drawn: label, help, error, control, in that order, with the right ARIA on each.

Settings name `FORM_RENDERER = "xinqiao.ui.forms.Renderer"`; then `{{ form }}` and `{{ form.field.as_field_group }}`
are complete, and no template writes a label by hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, Jinja2
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Field(BoundField):
    """A bound field that knows its style classes and where a link to it must point."""

    @property
    def kind(self) -> str:
        """Which part of the field template draws it: group, check, or plain."""
        match self.field.widget:
            case forms.RadioSelect() | forms.CheckboxSelectMultiple():
                return "group"
            case forms.CheckboxInput():
                return "check"
            case _:
                return "plain"

    @property
    def anchor(self) -> str:
        """The id of the first control, for links from the error summary."""
        return f"{self.auto_id}_0" if self.kind == "group" else str(self.auto_id)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        own = built.get("class") or widget.attrs.get("class") or ""
        built["class"] = f"{own} {_style(widget)}".strip()
        return built


def _style(widget: forms.Widget) -> str:
    match widget:
        case forms.RadioSelect() | forms.CheckboxSelectMultiple() | forms.CheckboxInput():
            return "form-check-input"
        case forms.Select():
            return "form-select"
        case _:
            return "form-control"


class Renderer(Jinja2):
    """Draws every form of the platform with the templates in `jinja2/ui/forms`, where the components are at hand."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        """As Django makes it, with our environment."""
        own = {"environment": "xinqiao.ui.jinja.environment"}
        return self.backend(
            {
                "NAME": "forms",
                "APP_DIRS": True,
                "DIRS": [Path(forms.__file__).parent / "jinja2"],
                "OPTIONS": own,
            }
        )


#: The one for all forms: each holds an engine of its own, and with it every template that it has read.
RENDERER = Renderer()


class Ready(BaseChoiceIterator):
    """Choices that are pairs of strings already: Django would look through them twice for every form."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


class LongSelect(forms.Select):
    """A select of hundreds or thousands of options: they are drawn once, where Django draws each by two templates."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        drawn = _options(tuple((str(code), str(label)) for code, label in self.choices))
        for one in self.format_value(value):
            plain = format_html(_OPTION, one)
            drawn = drawn.replace(plain, format_html(_CHOSEN, one), 1)
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", own, mark_safe(drawn))  # noqa: S308  drawn by format_html


_OPTION, _CHOSEN = '<option value="{}">', '<option value="{}" selected>'


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    """The options of a long list; the same for everybody who is offered the same."""
    return format_html_join("", _OPTION + "{}</option>", choices)


ACCEPT = "image/jpeg,image/png,image/webp,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.txt,.mp3,.m4a,.wav"
"""What a browser offers to choose: naming JPEG makes telephones turn their own formats into it. What a file really is,
is judged where it is kept."""


class FilesInput(forms.ClearableFileInput):
    """A file input that lists what was chosen, takes dropped files, and works as a plain input without scripts."""

    template_name = "ui/forms/files.html"
    allow_multiple_selected = True

    def __init__(
        self, *, max_bytes: int | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__({"multiple": True, "accept": ACCEPT, **(attrs or {})})
        self.max_bytes = max_bytes

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "max_bytes": self.max_bytes}


class FilesField(forms.FileField):
    """Any number of files up to `max_files`, each up to `max_bytes`; `clean` gives a list of uploads.

    Only count and size are judged here; what a file really is, is judged where it is kept.
    """

    default_error_messages = {
        # The same text as Django's own: written here, our catalogue words it for every field, and more kindly.
        "required": _("This field is required."),
        "too_big": _(
            "“%(name)s” is larger than %(limit)s MB. Choose a smaller file, or a photo of lower resolution."
        ),
    }

    def __init__(
        self, *, max_files: int = 10, max_bytes: int = 20 * 1024 * 1024, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", FilesInput(max_bytes=max_bytes))
        super().__init__(**kwargs)
        self.max_files = max_files
        self.max_bytes = max_bytes

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        uploads: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data]
        files = [
            cleaned
            for upload in uploads
            if (cleaned := super(FilesField, self).clean(upload, initial))
        ]
        if len(files) > self.max_files:
            raise forms.ValidationError(self._too_many(), code="too_many")
        for file in files:
            self._check_size(file)
        return files

    def _too_many(self) -> str:
        return ngettext(
            "Choose at most %(count)d file.", "Choose at most %(count)d files.", self.max_files
        ) % {"count": self.max_files}

    def _check_size(self, file: "UploadedFile[Any]") -> None:
        if (file.size or 0) > self.max_bytes:
            facts = {"name": file.name, "limit": self.max_bytes // (1024 * 1024)}
            raise forms.ValidationError(
                self.error_messages["too_big"], code="too_big", params=facts
            )
