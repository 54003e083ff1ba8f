"""The Django app of public_decisions."""

from django.apps import AppConfig


class PublicDecisionsConfig(AppConfig):
    name = "xinqiao.public_decisions"
    label = "public_decisions"
