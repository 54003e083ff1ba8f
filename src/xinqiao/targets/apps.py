"""The Django app of targets."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "xinqiao.targets"
    label = "targets"
