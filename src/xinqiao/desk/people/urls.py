"""Addresses of the people behind a matter."""

from django.urls import path

from xinqiao.desk.people import views

urlpatterns = [path("", views.unmask, name="people")]
