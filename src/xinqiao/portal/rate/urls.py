"""Addresses of rating."""

from django.urls import path

from xinqiao.portal.lookup.views import lookup
from xinqiao.portal.rate import views

urlpatterns = [
    path("", lookup, {"goal": "rate"}, name="rate"),
    path("link/<str:token>/", views.by_link, name="rate_link"),
    path("<str:number>/", views.by_code, name="rate_matter"),
]
