"""The Django app of what number and query code open; it has words of its own and no tables."""

from django.apps import AppConfig


class LookupConfig(AppConfig):
    name = "xinqiao.lookup"
    label = "lookup"
    verbose_name = "What a petitioner is told"
