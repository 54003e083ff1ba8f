"""The outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "xinqiao.outbox"
    label = "outbox"
