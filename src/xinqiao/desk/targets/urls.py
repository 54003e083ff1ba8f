"""Addresses of targets at the desk."""

from django.urls import include, path

urlpatterns = [
    path("plans/", include("xinqiao.desk.targets.plans.urls")),
]
