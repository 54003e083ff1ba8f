"""Codes of what was typed so far, where a form is not sent yet."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from xinqiao.desk.controls import Pick, labelled


def code_of(typed: Any, choices: Mapping[str, str]) -> str:
    """The code of what was typed so far; "" for what is none yet."""
    if not str(typed).strip():
        return ""
    try:
        return Pick(labelled(choices.items())).code_of(str(typed))
    except ValidationError:
        return ""
