"""The Django app of insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "xinqiao.insight"
    label = "insight"
