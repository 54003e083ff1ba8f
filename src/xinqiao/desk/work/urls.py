"""Addresses of the lists."""

from django.urls import path
from django.views.generic import RedirectView

from xinqiao.desk.work import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:work")),
    path("work/", views.work, name="work"),
]
