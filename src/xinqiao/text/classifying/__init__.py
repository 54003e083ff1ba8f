"""Categories of texts (分类), learned from messages that people have labelled, in any taxonomy.

Only what a message says is looked at, never who wrote it.
"""

import importlib.util


def installed() -> bool:
    """Whether the libraries of the extra `analytics` are there; without them no model is trained."""
    return all(importlib.util.find_spec(one) for one in ("numpy", "scipy", "sklearn"))
