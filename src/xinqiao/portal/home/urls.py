"""Addresses of the start page."""

from django.urls import path

from xinqiao.portal.home import views

urlpatterns = [path("", views.home, name="home")]
