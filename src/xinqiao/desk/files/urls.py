"""Addresses of the files of one matter."""

from django.urls import path

from xinqiao.desk.files import views

urlpatterns = [path("<int:file>/", views.file, name="file")]
