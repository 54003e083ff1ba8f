"""Addresses of asking for review and re-examination."""

from django.urls import path

from xinqiao.portal.appeals import views
from xinqiao.portal.lookup.views import lookup

urlpatterns = [
    path("", lookup, {"goal": "appeal"}, name="appeals"),
    path("<str:number>/", views.appeal, name="appeal"),
    path("<str:number>/receipt/", views.receipt, name="appeal_receipt"),
]
