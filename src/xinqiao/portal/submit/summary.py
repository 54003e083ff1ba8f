"""The summary before sending: every answer in words, and what the writer should look at once more."""

from typing import Any, cast

from django.utils.translation import gettext as _

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words, list_words
from xinqiao.people.values import PersonInput
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.forms import WordsForm
from xinqiao.portal.submit.who import PersonForm
from xinqiao.text.personal_numbers import seen_in


def summary(draft: Draft) -> dict[str, Any]:
    """Facts of the summary page for a draft in which every page is filled in rightly."""
    words = Words.here()
    forms = {page: draft.form(page) for page in draft.order()}
    notes = [note for form in forms.values() if form.is_valid() for note in form.notes()]
    text, who = cast(WordsForm, forms["words"]), cast(PersonForm, forms["person"])
    whole = text.whole_text()
    return {
        "kind": words.label("kind", draft.said("kind", "kind")),
        "place": words.region(draft.region),
        "category": directory.category_name(draft.category, words.language)
        if draft.category
        else _("The office decides"),
        "subject": text.cleaned_data["subject"],
        "text": whole,
        "people": _people(who),
        "office": words.unit(draft.office() or ""),
        "numbers": list_words(seen_in(f"{text.cleaned_data['subject']}\n{whole}")),
        "notes": notes,
    }


def _people(form: PersonForm) -> list[tuple[str, str]]:
    """Labels and what was given, in the order of the form; what was left empty is not shown."""
    labels = {
        name: str(form.fields[name].label) for name in ("name", "id_number", "phone", "address")
    }
    rows = [(label, str(form.cleaned_data.get(name, ""))) for name, label in labels.items()]
    if count := form.cleaned_data.get("head_count"):
        rows.append((_("Number of people"), str(count)))
    rows.append(
        (_("Representatives"), list_words([_one(person) for person in form.representatives()]))
    )
    return [(label, value) for label, value in rows if value]


def _one(person: PersonInput) -> str:
    return f"{person.name} {person.phone}".strip()
