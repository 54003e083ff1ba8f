"""Addresses of the search, at the desk."""

from django.urls import path

from xinqiao.desk.search import saved, views

urlpatterns = [
    path("", views.search, name="search"),
    path("saved/", saved.saved, name="searches"),
    path("saved/<row:search>/", saved.forget, name="search_forget"),
    path("news/", saved.news, name="search_news"),
]
