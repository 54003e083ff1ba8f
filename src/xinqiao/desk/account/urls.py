"""Addresses of log-in and of one's own account, as the desk calls them; allauth's own stand in `allauth_urls`."""

from django.urls import path

from xinqiao.desk.account import substitutes, views

urlpatterns = [
    path("log-in/", views.LogIn.as_view(), name="login"),
    path("log-out/", views.LogOut.as_view(), name="logout"),
    path("account/", views.own, name="account"),
    path("account/substitute/", substitutes.name, name="name_substitute"),
    path("account/substitute/<int:substitute>/end/", substitutes.end, name="end_substitute"),
    path("account/sessions/end/", views.end_sessions, name="end_sessions"),
]
