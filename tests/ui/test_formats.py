"""Dates in words are written alike in one language, wherever they stand."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

DAY = date(2026, 5, 11)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("en", "11 May 2026", "May 2026"), ("zh-hans", "2026年5月11日", "2026年5月")],
)
def test_a_day_and_a_month_in_words(language: str, day: str, month: str) -> None:
    with override(language):
        assert date_format(DAY, "DATE_FORMAT") == day
        assert date_format(DAY, "YEAR_MONTH_FORMAT") == month
