"""Addresses of the lists."""

from django.urls import path

from xinqiao.desk.work import views

urlpatterns = [path("", views.work, name="work")]
