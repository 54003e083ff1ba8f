"""The Django app of disputes."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "xinqiao.disputes"
    label = "disputes"
