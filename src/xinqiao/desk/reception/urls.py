"""Addresses of the reception hall, at the desk."""

from django.urls import path

from xinqiao.desk.reception import arrange, views

urlpatterns = [
    path("", views.hall, name="hall"),
    path("numbers/", views.give, name="give_number"),
    path("windows/<row:window>/", views.turn, name="turn"),
    path("arrange/", arrange.halls, name="halls"),
    path("arrange/new/", arrange.new_hall, name="new_hall"),
    path("arrange/<slug:code>/", arrange.one_hall, name="one_hall"),
    path("arrange/<slug:code>/windows/new/", arrange.window, name="new_window"),
    path("arrange/<slug:code>/windows/<row:window>/", arrange.window, name="one_window"),
]
