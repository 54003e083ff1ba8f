"""`xinqiao serve`: the web server."""

import gc
import os
import socket

import click
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from xinqiao.cli.django import require_migrated

GRACEFUL_SECONDS = 30

EXAMPLE = """\b
Example:
  xinqiao serve --host 0.0.0.0 --port 8000 --workers 4

\b
Behind a proxy that ends TLS, set XINQIAO_HTTPS=1 and XINQIAO_HOSTS to the public names.
Ctrl-C or SIGTERM ends it after the requests in work. Exit status: 0 ended, 1 could not start.
"""


class _Server(BaseApplication):
    """gunicorn, configured from here instead of from its own command line."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """The program, whole: what would be imported with the first request is in memory once, for all processes."""
        application = get_wsgi_application()
        _ = get_resolver().reverse_dict  # asks every page for its address, and so imports them all
        gc.freeze()  # what is there now stays; looking through it would copy it into each process
        return application


def _require_free(host: str, port: int) -> None:
    """Say that a port is taken before any process is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise click.ClickException(
            f"Cannot listen on {host} port {port}: {problem.strerror}. "
            "Choose another with --port, or end the program that has it."
        ) from problem


def _collect_files() -> None:
    """Styles, scripts and pictures of this version, with compressed copies, in the platform's home."""
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.WHITENOISE_USE_FINDERS = False  # or it would pass over the compressed copies


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _say_ready(arbiter: Arbiter) -> None:
    """From here on connections are taken and signals are heard."""
    click.echo(f"xinqiao serve: {arbiter.LISTENERS[0]} (Ctrl-C ends it)", err=True)


@click.command(epilog=EXAMPLE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=min(os.cpu_count() or 1, 4),
    show_default="one a processor, at most 4",
    help="Processes.",
)
@click.option(
    "--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Threads of each."
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web server in the foreground."""
    require_migrated()
    _require_free(host, port)
    _collect_files()
    _Server(
        {
            "bind": _address(host, port),
            "workers": workers,
            "worker_class": "gthread",
            "threads": threads,
            "graceful_timeout": GRACEFUL_SECONDS,
            "preload_app": True,  # one copy of the program in memory; a broken one never starts
            "control_socket_disable": True,  # it would lie in the home of whoever starts the server
            "loglevel": "warning",
            "proc_name": "xinqiao",
            "when_ready": _say_ready,
        }
    ).run()
