"""Changes that administrators make. Who may, `administration` asks; here is only what the tables need.

They are `actions` like the others, in a file of their own.
"""

from datetime import date

from django.db import transaction

from xinqiao.directory.actions import changed
from xinqiao.directory.models import Account, Category, Post, Unit, UnitName
from xinqiao.rules.persons import Role


@transaction.atomic
def rename_unit(code: str, name: str, name_en: str, *, since: date, today: date) -> None:
    """Another name from a day on; the earlier ones stay. A day to come is taken up by `take_up_names`."""
    unit = Unit.objects.get(code=code)
    if not unit.names.exists():
        UnitName.objects.create(
            unit=unit, name=unit.name, name_en=unit.name_en, valid_from=unit.valid_from
        )
    if since == unit.valid_from:
        unit.names.filter(valid_from=since).delete()  # it never had the other name
    UnitName.objects.create(unit=unit, name=name, name_en=name_en, valid_from=since)
    _call_by_name_of(unit, today)
    changed()


def take_up_names(today: date) -> int:
    """Units whose new name begins are called by it. Returns how many; may run twice."""
    renamed = Unit.objects.filter(names__isnull=False).distinct()
    taken = sum(_call_by_name_of(unit, today) for unit in renamed)
    if taken:
        changed()
    return taken


def _call_by_name_of(unit: Unit, day: date) -> int:
    name = unit.names.filter(valid_from__lte=day).order_by("-valid_from").first()
    if name is None or (unit.name, unit.name_en) == (name.name, name.name_en):
        return 0
    return Unit.objects.filter(pk=unit.pk).update(name=name.name, name_en=name.name_en)


@transaction.atomic
def end_unit(code: str, successor: str | None, last_day: date) -> int:
    """The unit exists until `last_day`; its posts end with it. Returns how many posts that ends."""
    Unit.objects.filter(code=code).update(valid_to=last_day, successor=successor or "")
    lasting = Post.objects.filter(unit_id=code, valid_from__lte=last_day)
    ended = lasting.exclude(valid_to__lte=last_day).update(valid_to=last_day)
    changed()
    return ended


@transaction.atomic
def add_category(code: str, name: str, name_en: str, parent: str | None) -> None:
    """A new class of content."""
    Category.objects.create(code=code, name=name, name_en=name_en, parent_id=parent)
    changed()


@transaction.atomic
def rename_category(code: str, name: str, name_en: str) -> None:
    """Other words for the same class."""
    Category.objects.filter(pk=code).update(name=name, name_en=name_en)
    changed()


@transaction.atomic
def retire_category(code: str, today: date) -> int:
    """The class and all below it are offered no more; what was put under them stays. Returns how many that retires."""
    below = Category.objects.filter(pk__startswith=f"{code}.") | Category.objects.filter(pk=code)
    retired = below.filter(retired_on__isnull=True).update(retired_on=today)
    changed()
    return retired


@transaction.atomic
def bring_back_category(code: str) -> None:
    """A retired class is offered again."""
    Category.objects.filter(pk=code).update(retired_on=None)
    changed()


@transaction.atomic
def give_post(
    account_id: int, unit: str, role: Role, since: date, until: date | None, title: str
) -> int:
    """A post between two days. Returns its id; raises IntegrityError for one that is held already."""
    post = Post.objects.create(
        account_id=account_id, unit_id=unit, role=role, valid_from=since, valid_to=until, title=title
    )  # fmt: skip
    return post.pk


def end_post(post_id: int, last_day: date) -> None:
    """A post ends with a day; it stays in the history."""
    Post.objects.filter(pk=post_id).update(valid_to=last_day)


def set_open(account_id: int, is_open: bool) -> None:
    """A closed account has no posts and nobody can log in to it; it can be opened again."""
    Account.objects.filter(pk=account_id).update(is_active=is_open)
