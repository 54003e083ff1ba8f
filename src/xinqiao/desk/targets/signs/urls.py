"""Addresses of signs of integrity."""

from django.urls import path

from xinqiao.desk.targets.signs import views

urlpatterns = [
    path("", views.page, name="signs"),
    path("<row:sign>/", views.one, name="sign"),
]
