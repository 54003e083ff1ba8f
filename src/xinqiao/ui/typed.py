"""Numbers as an address or a form carries them: typed by anybody, so never taken for one unseen."""

from django.http import HttpRequest

LAST_PAGE = 200  # further on one narrows the list instead of turning pages


def whole_number(typed: str, digits: int) -> int | None:
    """The number that was typed in at most so many digits; None for anything else."""
    known = typed.isascii() and typed.isdecimal() and len(typed) <= digits
    return int(typed) if known else None


def page_number(request: HttpRequest, *, last: int = LAST_PAGE, digits: int = 5) -> int:
    """The page of a list that the address asks for, from 1 to `last`; the first where that is no page."""
    asked = whole_number(request.GET.get("page", "1"), digits)
    return max(1, min(1 if asked is None else asked, last))
