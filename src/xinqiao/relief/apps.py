"""The Django app of relief."""

from django.apps import AppConfig


class ReliefConfig(AppConfig):
    name = "xinqiao.relief"
    label = "relief"
