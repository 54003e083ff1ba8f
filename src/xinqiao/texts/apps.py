"""The app of the sentences that a place words itself."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "xinqiao.texts"
    label = "texts"
