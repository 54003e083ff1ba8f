"""Addresses of submitting."""

from django.urls import path

from xinqiao.portal.submit import views

urlpatterns = [
    path("", views.begin, name="submit"),
    path("check/", views.check, name="submit_check"),
    path("forget/", views.forget, name="submit_forget"),
    path("receipt/<str:key>/", views.receipt, name="receipt"),
    path("<str:page>/", views.write, name="submit_page"),
]
