"""Addresses of the reception halls, for everybody."""

from django.urls import path

from xinqiao.portal.reception import views

urlpatterns = [
    path("", views.today, name="reception"),
    path("<slug:code>/screen/", views.screen, name="hall_screen"),
]
