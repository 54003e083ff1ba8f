"""The Django app of duties."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "xinqiao.duties"
    label = "duties"
