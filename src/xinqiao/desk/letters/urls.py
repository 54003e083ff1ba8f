"""Addresses of the letters."""

from django.urls import path

from xinqiao.desk.letters import views

urlpatterns = [path("letter/", views.letter, name="letter"), path("fax/", views.fax, name="fax")]
