"""Conditions over what is counted: short expressions of `indicators.toml`, read into a small tree.

    done <= due                              both are known, and it was done in time
    done or due < as_of                      it was done, or its day is over
    first and channel in ('letter', 'online')
    not again <= day + 180                   no further contact within 180 days

A name stands for a column of `Counted`. Alone it asks whether it is given: a day that is known, a text that is not
empty, a mark that is set. Days are compared with days, with `as_of` (the day of the figure), `begins` and `ends` (of
the period: from `begins` until before `ends`). Whatever is compared with an unknown day is false, and its `not` is
true: a matter without an answer was not answered in time. `all` holds always.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal, get_type_hints

from xinqiao.rules.counting import Counted

Kind = Literal["day", "text", "number", "flag"]
_KINDS: Mapping[Any, Kind] = {
    date: "day", date | None: "day", str: "text", int: "number", bool: "flag",
}  # fmt: skip
_TYPES = get_type_hints(Counted)
#: What conditions may speak of, with the kind of each; `what` and `seq` are no property of a fact.
COLUMNS: Mapping[str, Kind] = {
    one.name: _KINDS[_TYPES[one.name]] for one in fields(Counted) if one.name not in ("what", "seq")
}
#: Columns that may be unknown.
UNKNOWABLE = frozenset(name for name in COLUMNS if _TYPES[name] == date | None)
#: Days that are no column: of the figure, and the period's first and the one after its last.
MOMENTS = ("as_of", "begins", "ends")

_OPERATORS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
COMPARES: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
ALLOWED = (
    f"columns ({', '.join(COLUMNS)}), {', '.join(MOMENTS)}, all, a day + or - a number of days, numbers, 'texts',"
    " < <= > >= == !=, in (...), not in (...), and, or, not"
)


class Unreadable(ValueError):
    """A condition that says something else than it may; the message says what it may say."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; allowed are {ALLOWED}")


@dataclass(frozen=True, kw_only=True)
class When:
    """The days that a condition may name: of the figure, and of the period."""

    as_of: date
    begins: date
    ends: date


@dataclass(frozen=True)
class Always:
    """Holds for every fact."""


@dataclass(frozen=True)
class Given:
    """The column is known, not empty, set."""

    column: str


@dataclass(frozen=True)
class Name:
    """The value of a column or of a moment, `days` later."""

    name: str
    days: int = 0


@dataclass(frozen=True)
class Compare:
    """A column beside a value; false where either is unknown."""

    column: str
    compares: str
    other: Name | str | int


@dataclass(frozen=True)
class Among:
    """The column is one of these."""

    column: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class Both:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Condition = Always | Given | Compare | Among | Not | Both | Either
NEVER = Not(Always())


def parse(text: str) -> Condition:
    """The tree of an expression. Raises Unreadable, which says what is allowed."""
    try:
        read = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise Unreadable(f"'{text}' cannot be read ({error.msg})") from None
    return _condition(read)


def holds(condition: Condition, fact: Counted, when: When) -> bool:
    """Whether the condition holds for a fact: the meaning that every engine keeps to."""
    match condition:
        case Always():
            return True
        case Given(column):
            return bool(getattr(fact, column))
        case Compare(column, compares, other):
            left, right = getattr(fact, column), _value(other, fact, when)
            return left is not None and right is not None and COMPARES[compares](left, right)
        case Among(column, values):
            return getattr(fact, column) in values
        case Not(part):
            return not holds(part, fact, when)
        case Both(parts):
            return all(holds(part, fact, when) for part in parts)
        case Either(parts):
            return any(holds(part, fact, when) for part in parts)


def _value(other: Name | str | int, fact: Counted, when: When) -> Any:
    if not isinstance(other, Name):
        return other
    value = getattr(when if other.name in MOMENTS else fact, other.name)
    return value + timedelta(days=other.days) if other.days and value is not None else value


def names(condition: Condition) -> frozenset[str]:
    """The columns and moments of which a condition speaks."""
    found: set[str] = set()
    for part in parts(condition):
        found.add(part.column)
        if isinstance(part, Compare) and isinstance(part.other, Name):
            found.add(part.other.name)
    return frozenset(found)


def parts(condition: Condition) -> Iterator[Given | Compare | Among]:
    """What a condition asks of columns, whatever joins it."""
    match condition:
        case Given() | Compare() | Among():
            yield condition
        case Not(part):
            yield from parts(part)
        case Both(joined) | Either(joined):
            for part in joined:
                yield from parts(part)


# -- reading ---------------------------------------------------------------------------------------------------------


def _condition(node: ast.expr) -> Condition:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return Both(tuple(map(_condition, values)))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Either(tuple(map(_condition, values)))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_condition(operand))
        case ast.Name(id="all"):
            return Always()
        case ast.Name(id=name):
            return _given(name)
        case ast.Compare(left=left, ops=ops, comparators=others):
            between = zip([left, *others], ops, others, strict=False)
            parts = tuple(_comparison(one, how, other) for one, how, other in between)
            return parts[0] if len(parts) == 1 else Both(parts)
    raise Unreadable(f"'{ast.unparse(node)}' is no condition")


def _given(name: str) -> Given:
    if COLUMNS.get(name) in (None, "number"):
        raise Unreadable(f"'{name}' is nothing that can be given or missing")
    return Given(name)


def _comparison(left: ast.expr, how: ast.cmpop, right: ast.expr) -> Condition:
    if isinstance(how, ast.In | ast.NotIn):
        among = _among(left, right)
        return among if isinstance(how, ast.In) else Not(among)
    if type(how) not in _OPERATORS:
        raise Unreadable(f"'{ast.unparse(left)}' is compared in a way that is not known")
    compares = _OPERATORS[type(how)]
    one, other = _operand(left), _operand(right)
    if not _is_column(one):
        one, other, compares = other, one, _TURNED[compares]
    if not isinstance(one, Name) or not _is_column(one):
        raise Unreadable(f"'{ast.unparse(left)}' and '{ast.unparse(right)}': neither is a column")
    if _kind(one) != _kind(other) or _kind(one) == "flag":
        raise Unreadable(f"'{ast.unparse(left)}' cannot be compared with '{ast.unparse(right)}'")
    if one.days and isinstance(other, Name):  # day + 180 < as_of is day < as_of - 180
        other = Name(other.name, other.days - one.days)
    return Compare(one.name, compares, other)


def _among(left: ast.expr, right: ast.expr) -> Among:
    column = _operand(left)
    if not isinstance(right, ast.Tuple) or not isinstance(column, Name) or not right.elts:
        raise Unreadable(f"'{ast.unparse(left)} in {ast.unparse(right)}' is no list of values")
    values = tuple(_operand(one) for one in right.elts)
    texts = tuple(one for one in values if not isinstance(one, Name))
    if len(texts) != len(values) or any(_kind(one) != _kind(column) for one in texts):
        raise Unreadable(f"'{ast.unparse(right)}' is no list of values of {column.name}")
    return Among(column.name, texts)


def _operand(node: ast.expr) -> Name | str | int:
    match node:
        case ast.Constant(value=str() | int() as value) if not isinstance(value, bool):
            return value
        case ast.Name(id=name) if name in COLUMNS or name in MOMENTS:
            return Name(name)
        case ast.BinOp(left=ast.Name(id=name), op=how, right=ast.Constant(value=int(days))):
            if _kind(Name(name)) == "day" and isinstance(how, ast.Add | ast.Sub):
                return Name(name, days if isinstance(how, ast.Add) else -days)
    raise Unreadable(f"'{ast.unparse(node)}' is not known")


def _is_column(operand: Name | str | int) -> bool:
    return isinstance(operand, Name) and operand.name in COLUMNS


def _kind(operand: Name | str | int) -> Kind | None:
    if isinstance(operand, Name):
        return "day" if operand.name in MOMENTS else COLUMNS.get(operand.name)
    return "text" if isinstance(operand, str) else "number"
