"""`xinqiao health` as operators run it: what is wrong in a line each, and an exit status for their monitoring."""

from pathlib import Path

from tests.support.platform import made, xinqiao


def test_it_tells_what_is_wrong_and_that_it_is_well_again(tmp_path: Path) -> None:
    made(tmp_path, "init")
    silent = xinqiao(tmp_path, "health", "--quiet")
    assert silent.returncode == 1
    assert "Start xinqiao work" in silent.stdout and len(silent.stdout.splitlines()) == 1
    made(tmp_path, "work", "--once")
    assert xinqiao(tmp_path, "health", "--quiet").returncode == 0
    (tmp_path / "keys" / "master").chmod(0o644)
    chinese = xinqiao(tmp_path, "health", "--quiet", "--chinese")
    assert chinese.returncode == 1 and "密钥文件" in chinese.stdout
