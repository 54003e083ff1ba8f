"""The Django app of leadership."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "xinqiao.leadership"
    label = "leadership"
