"""Addresses of the group visits on the spot, at the desk."""

from django.urls import path

from xinqiao.desk.group_visits import views

urlpatterns = [
    path("", views.visits, name="group_visits"),
    path("table/", views.export, name="group_visits_table"),
    path("<row:visit>/", views.visit, name="group_visit"),
]
