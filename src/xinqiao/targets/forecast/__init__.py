"""Forecasts to the end of a year (预测)."""

import importlib.util
import os

# Series of some dozens of months: threads of the linear algebra cost five times what they save. Before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def installed() -> bool:
    """Whether the libraries of the extra `analytics` are there; without them no forecast is made or played through."""
    return all(importlib.util.find_spec(one) for one in ("numpy", "scipy", "statsmodels"))
