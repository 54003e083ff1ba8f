"""Addresses that every way of registering shares."""

from django.urls import path

from xinqiao.desk.registering import known

urlpatterns = [path("suggestions/", known.suggestions, name="suggestions")]
