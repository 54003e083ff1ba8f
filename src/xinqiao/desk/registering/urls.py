"""Addresses that every way of registering shares."""

from django.urls import path

from xinqiao.desk.registering import advised, files, known, lists

urlpatterns = [
    path("suggestions/", known.suggestions, name="suggestions"),
    path("advice/", advised.suggestions, name="advice"),
    path("lists/<slug:name>/", lists.options, name="long_list"),
    path("files/<slug:key>/", files.sent, name="draft_files"),
    path("files/<slug:key>/<row:file>/", files.one, name="draft_file"),
]
