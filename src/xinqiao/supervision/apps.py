"""The Django app of supervision."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "xinqiao.supervision"
    label = "supervision"
