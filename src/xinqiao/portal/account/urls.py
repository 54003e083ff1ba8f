"""Addresses of a citizen's own account."""

from django.urls import path

from xinqiao.portal.account import views

urlpatterns = [
    path("", views.own, name="account"),
    path("code/", views.code, name="account_code"),
    path("add/", views.add, name="account_add"),
    path("leave/", views.leave, name="account_leave"),
    path("close/", views.close, name="account_close"),
    path("petitions/<str:number>/", views.open_matter, name="account_open"),
    path("petitions/<str:number>/keep/", views.keep, name="account_keep"),
    path("petitions/<str:number>/take-out/", views.take_out, name="account_take_out"),
]
