"""The Django app of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "xinqiao.search"
    label = "search"
