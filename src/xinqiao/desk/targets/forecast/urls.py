"""Addresses of forecasts and of the simulation at the desk."""

from django.urls import path

from xinqiao.desk.targets.forecast import capacity, pages

urlpatterns = [
    path("", pages.board, name="forecasts"),
    path("capacity/", capacity.page, name="capacity"),
    path("indicators/<slug:indicator>/", pages.one, name="forecast"),
]
