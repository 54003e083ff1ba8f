"""Addresses of the referral board."""

from django.urls import path

from xinqiao.desk.referral import views

urlpatterns = [
    path("", views.board, name="referral"),
    path("send/", views.send, name="referral-send"),
]
