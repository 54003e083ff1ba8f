"""The Django app of the reception halls."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "xinqiao.reception"
    label = "reception"
