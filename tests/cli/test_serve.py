"""The web server: it answers, it says why it cannot start, it ends when asked."""

import gzip
import signal
import socket
import subprocess
from pathlib import Path
from urllib.request import Request, urlopen

from tests.support.platform import PROGRAM, Platform, environment, free_port, xinqiao

STYLES = "/static/ui/xinqiao.css"


def test_it_serves_the_portal_and_compressed_files(empty_platform: Platform) -> None:
    with urlopen(f"{empty_platform.url}/") as page:
        assert page.status == 200
    packed = Request(empty_platform.url + STYLES, headers={"Accept-Encoding": "gzip"})
    with urlopen(packed) as answer, urlopen(empty_platform.url + STYLES) as plain:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == plain.read()


def test_a_taken_port_is_named_and_another_proposed(empty_platform: Platform) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = xinqiao(empty_platform.home, "serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port}: Address already in use" in done.stderr
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_host_that_is_not_ours_is_named(empty_platform: Platform) -> None:
    done = xinqiao(empty_platform.home, "serve", "--host", "192.0.2.1")
    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr


def test_sigterm_ends_it_with_success(empty_platform: Platform) -> None:
    server = subprocess.Popen(
        [str(PROGRAM), "serve", "--port", str(free_port()), "--workers", "1"],
        env=environment(empty_platform.home),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    assert "Ctrl-C ends it" in server.stderr.readline()
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=60)
    assert server.returncode == 0


def test_numbers_out_of_range_are_refused(tmp_path: Path) -> None:
    for option in ("--port", "--workers", "--threads"):
        done = xinqiao(tmp_path, "serve", option, "0")
        assert done.returncode == 2
        assert option in done.stderr
