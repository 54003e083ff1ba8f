"""Forecasts to the end of a year (预测)."""

import os

# Series of some dozens of months: threads of the linear algebra cost five times what they save. Before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
