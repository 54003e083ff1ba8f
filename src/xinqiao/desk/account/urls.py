"""Addresses of logging in and out."""

from django.urls import path

from xinqiao.desk.account import views

urlpatterns = [
    path("log-in/", views.LogIn.as_view(), name="login"),
    path("log-out/", views.LogOut.as_view(), name="logout"),
]
