"""Django for commands: set up on demand, its complaints turned into one clear line."""

import os

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def setup() -> None:
    """Make Django ready; needed once before anything that touches the platform is imported.

    Raises click.ClickException (exit status 1) when the platform is configured in a wrong way.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise click.ClickException(str(problem)) from problem
    except OSError as problem:
        raise click.ClickException(
            f"The platform's folder cannot be used: {problem}. Set XINQIAO_HOME to a folder that "
            "can be written."
        ) from problem


def require_migrated() -> None:
    """Make sure the database is there and as new as the program.

    Raises click.ClickException (exit status 1) that says to run `xinqiao init`, which also brings
    an older database up to date, or that the database cannot be reached.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        raise click.ClickException(
            f"The database cannot be reached: {' '.join(str(problem).split())}. "
            "Check XINQIAO_DATABASE_URL and XINQIAO_HOME."
        ) from problem
    finally:
        connection.close()
    if waiting:
        raise click.ClickException(
            "The platform is not ready: its database is missing or older than the program. "
            "run: xinqiao init"
        )
