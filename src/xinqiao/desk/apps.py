"""The Django app of the door for staff."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "xinqiao.desk"
    label = "desk"
