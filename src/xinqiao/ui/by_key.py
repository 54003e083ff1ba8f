"""Pages of a list that goes on beyond a key: to and fro, page by page.

The address of a page holds the key of the last row before it, and in `way` those of the pages before, so that a reader
can go back one page at a time while each page is still read from its key by an index.
"""

from django.http import QueryDict

WAY = "way"
#: So many pages back are remembered; from further on the way back begins with the first page.
MOST = 40
_BETWEEN = "~"


def neighbours(query: QueryDict, name: str, following: object = None) -> tuple[str, str]:
    """The addresses of the page before and of the page after, "" where there is none.

    query: the address of this page; name: its parameter with the key; following: the key of its last row, None where
    no page follows.
    """
    here = query.get(name, "")
    way = [key for key in query.get(WAY, "").split(_BETWEEN) if key][-MOST:]
    back = _address(query, name, way[-1] if way else "", way[:-1]) if here else ""
    if following is None:
        return back, ""
    return back, _address(query, name, str(following), [*way, here] if here else [])


def without_place(query: QueryDict, name: str) -> QueryDict:
    """What a list is narrowed by, without the place in it."""
    kept = query.copy()
    for one in (name, WAY):
        kept.pop(one, None)
    return kept


def _address(query: QueryDict, name: str, key: str, way: list[str]) -> str:
    to = without_place(query, name)
    if key:
        to[name] = key
    if way:
        to[WAY] = _BETWEEN.join(way[-MOST:])
    return f"?{to.urlencode()}"
