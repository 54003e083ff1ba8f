"""Addresses of the gallery; the doors have their own."""

from django.urls import path

from xinqiao.ui import gallery

app_name = "ui"
urlpatterns = [
    path("", gallery.portal, name="gallery"),
    path("desk/", gallery.desk, name="gallery_desk"),
    path("charts/", gallery.charts, name="gallery_charts"),
    path("errors/<str:name>/", gallery.error, name="gallery_error"),
]
