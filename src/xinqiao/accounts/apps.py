"""The Django app of log-in and accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xinqiao.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """From now on what happens at the door is written into the audit."""
        from xinqiao.accounts import log  # noqa: PLC0415  # its signals need the apps loaded

        log.listen()
