"""The Django app of group_visits."""

from django.apps import AppConfig


class GroupVisitsConfig(AppConfig):
    name = "xinqiao.group_visits"
    label = "group_visits"
