"""The Django app of the door for citizens."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "xinqiao.portal"
    label = "portal"
    verbose_name = "Door for citizens"
