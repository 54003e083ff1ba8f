"""Addresses of the open figures."""

from django.urls import path

from xinqiao.portal.figures import downloads, views

urlpatterns = [
    path("", views.page, name="figures"),
    path("figures.csv", downloads.as_csv, name="figures_csv"),
    path("figures.json", downloads.as_json, name="figures_json"),
    path("catalogue.json", downloads.catalogue, name="figures_catalogue"),
]
