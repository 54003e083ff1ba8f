"""What a place can bear (承载能力): its queues played again, or otherwise."""

import importlib.util


def installed() -> bool:
    """Whether the library of the extra `analytics` is there; without it nothing is played."""
    return importlib.util.find_spec("simpy") is not None
