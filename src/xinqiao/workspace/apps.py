"""The Django app of what each member of staff has laid out for their own work."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "xinqiao.workspace"
    label = "workspace"
