"""`xinqiao health` as operators run it: what is wrong in a line each, and an exit status for their monitoring."""

from pathlib import Path

from tests.support.platform import made, xinqiao


def test_it_tells_what_is_wrong_and_that_it_is_well_again(founded: Path) -> None:
    silent = xinqiao(founded, "health", "--quiet")
    assert silent.returncode == 1
    assert "Start xinqiao work" in silent.stdout and len(silent.stdout.splitlines()) == 1
    made(founded, "work", "--once")
    assert xinqiao(founded, "health", "--quiet").returncode == 0
    (founded / "keys" / "master").chmod(0o644)
    chinese = xinqiao(founded, "health", "--quiet", "--chinese")
    assert chinese.returncode == 1 and "密钥文件" in chinese.stdout
