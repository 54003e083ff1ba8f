"""Addresses of the administration."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from xinqiao.desk.admin import (
    accounts,
    audit,
    calendars,
    categories,
    health,
    provisions,
    texts,
    units,
)

_RESETS = "password|second-factor|sessions|close|reopen"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:admin-units"), name="admin"),
    path("units/", units.units, name="admin-units"),
    path("units/new/", units.add, name="admin-unit-add"),
    path("units/<slug:code>/", units.unit, name="admin-unit"),
    path("units/<slug:code>/name/", units.rename, name="admin-unit-rename"),
    path("units/<slug:code>/end/", units.end, name="admin-unit-end"),
    path("accounts/", accounts.accounts, name="admin-accounts"),
    path("accounts/new/", accounts.add, name="admin-account-add"),
    path("accounts/<int:account>/", accounts.account, name="admin-account"),
    path("accounts/<int:account>/posts/", accounts.give, name="admin-post-give"),
    path("accounts/<int:account>/posts/<int:post>/", accounts.end, name="admin-post-end"),
    re_path(
        rf"^accounts/(?P<account>[0-9]{{1,18}})/(?P<what>{_RESETS})/$", accounts.reset, name="admin-account-reset"
    ),
    path("calendar/", calendars.year, name="admin-calendar"),
    path("calendar/notice/", calendars.notice, name="admin-notice"),
    path("calendar/<int:year>/", calendars.year, name="admin-year"),
    path("provisions/", provisions.provisions, name="admin-provisions"),
    path("provisions/compare/", provisions.compare, name="admin-compare"),
    path("provisions/local/", provisions.local, name="admin-local"),
    path("categories/", categories.categories, name="admin-categories"),
    path("categories/new/", categories.add, name="admin-category-add"),
    path("categories/<str:code>/name/", categories.rename, name="admin-category-rename"),
    path("categories/<str:code>/retire/", categories.retire, name="admin-category-retire"),
    path("texts/", texts.texts, name="admin-texts"),
    path("texts/<slug:key>/", texts.word, name="admin-text"),
    path("audit/", audit.entries, name="admin-audit"),
    path("audit/export/", audit.export, name="admin-audit-export"),
    path("health/", health.health, name="admin-health"),
]  # fmt: skip
