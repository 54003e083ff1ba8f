"""Addresses of submitting."""

from django.urls import path

from xinqiao.portal.submit import files, views

urlpatterns = [
    path("", views.begin, name="submit"),
    path("check/", views.check, name="submit_check"),
    path("forget/", views.forget, name="submit_forget"),
    path("keep/", views.keep, name="submit_keep"),
    path("files/add/", files.add, name="submit_file_add"),
    path("files/remove/", files.remove, name="submit_file_remove"),
    path("files/<int:file>/", files.show, name="submit_file"),
    path("receipt/<str:key>/", views.receipt, name="receipt"),
    path("<str:page>/", views.write, name="submit_page"),
]
