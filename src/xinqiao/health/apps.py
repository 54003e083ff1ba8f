"""The app that knows how the platform is."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "xinqiao.health"
    label = "health"
