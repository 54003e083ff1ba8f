"""Addresses that every way of registering shares."""

from django.urls import path

from xinqiao.desk.registering import views

urlpatterns = [path("suggestions/", views.suggestions, name="suggestions")]
