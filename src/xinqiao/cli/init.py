"""`xinqiao init`: an empty platform."""

import secrets

import click

from xinqiao.config.founding import found, prepare_database

EXAMPLE = """\b
Example:
  xinqiao init
  XINQIAO_HOME=/srv/xinqiao xinqiao init --region 340825 --office 太湖县信访局 --unit 太湖县住房和城乡建设局
"""


@click.command(epilog=EXAMPLE)
@click.option("--region", default="340800", show_default=True, help="Code of the region it serves.")
@click.option(
    "--office", default="安庆市信访局", show_default=True, help="Name of the petition office."
)
@click.option(
    "--unit",
    default="安庆市政务服务中心",
    show_default=True,
    help="Name of the first handling unit.",
)
def command(region: str, office: str, unit: str) -> None:
    """Make an empty platform in XINQIAO_HOME: tables, regions, categories, a petition office, one handling unit.

    Run again, it brings the tables up to date and changes nothing else. The log-ins it makes are printed once.
    """
    prepare_database()
    passwords = {name: secrets.token_urlsafe(12) for name in ("admin", "office", "unit")}
    try:
        made = found(region=region, office=office, unit=unit, passwords=passwords)
    except LookupError as error:
        raise click.ClickException(str(error)) from error
    if not made:
        click.echo("The platform was there already; its tables are up to date.", err=True)
        return
    click.echo(
        "Units: petition-office, handling-unit. Log in at /desk/ and keep these passwords:",
        err=True,
    )
    for name, password in passwords.items():
        click.echo(f"{name}\t{password}")
