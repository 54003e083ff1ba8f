"""Addresses of the counter."""

from django.urls import path

from xinqiao.desk.counter import views

urlpatterns = [path("visit/", views.visit, name="visit"), path("call/", views.call, name="call")]
