"""Addresses of targets at the desk: figures, the plan of a year, forecasts, signs."""

from django.urls import include, path

from xinqiao.desk.targets import behind, board, indicator, sheets

urlpatterns = [
    path("forecast/", include("xinqiao.desk.targets.forecast.urls")),
    path("", board.page, name="targets"),
    path("keys/", board.keys, name="targets_keys"),
    path("export/", board.export, name="targets_export"),
    path("month-sheets/", sheets.workbook, name="month_sheets"),
    path("indicators/<slug:indicator>/", indicator.page, name="indicator"),
    path("indicators/<slug:indicator>/behind/", behind.page, name="behind"),
    path("indicators/<slug:indicator>/behind/export/", behind.export, name="behind_export"),
    path("plans/", include("xinqiao.desk.targets.plans.urls")),
    path("signs/", include("xinqiao.desk.targets.signs.urls")),
]
