"""Addresses of the search, at the desk."""

from django.urls import path

from xinqiao.desk.search import views

urlpatterns = [path("", views.search, name="search")]
