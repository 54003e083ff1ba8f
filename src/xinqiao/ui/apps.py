"""The Django app of the shared look: base pages, components, styles. It knows no capability."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xinqiao.ui"
    label = "ui"
    verbose_name = "Look and components"
