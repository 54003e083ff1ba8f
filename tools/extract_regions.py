"""Make the region list of the demonstration city from an unpacked `china-division` package.

    python tools/extract_regions.py PACKAGE > src/xinqiao/demo/data/regions.csv

PACKAGE is the folder that holds `dist/areas.csv` (edition 2023-06-30). Only the province row and
the tree below one city are kept. Codes are the national ones: province 34, city 3408, county
340802, township 340802001; the first two levels are filled to six digits, as on official papers.

Statistical units are left out, because they are no level of government: counties whose last two
digits are 71 to 80 (development zones that only the census counts) and township-like units from
400 on (development zones, farms, prisons).
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

PROVINCE = "34"
CITY = "3408"
STATISTICAL_COUNTIES = range(71, 81)
FIRST_STATISTICAL_TOWNSHIP = 400

Row = tuple[str, str, str, str]


def rows_of(package: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one list of the package, by column name."""
    with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def extract(package: Path) -> Iterator[Row]:
    """(code, name, level, parent) of the province, the city, its counties and its townships."""
    province, city = PROVINCE.ljust(6, "0"), CITY.ljust(6, "0")
    for row in rows_of(package, "provinces"):
        if row["code"] == PROVINCE:
            yield province, row["name"], "province", ""
    for row in rows_of(package, "cities"):
        if row["code"] == CITY:
            yield city, row["name"], "city", province
    counties = set()
    for row in rows_of(package, "areas"):
        code = row["code"]
        if row["cityCode"] == CITY and int(code[4:]) not in STATISTICAL_COUNTIES:
            counties.add(code)
            yield code, row["name"], "county", city
    for row in rows_of(package, "streets"):
        code = row["code"]
        if row["areaCode"] in counties and int(code[6:]) < FIRST_STATISTICAL_TOWNSHIP:
            yield code, row["name"], "township", row["areaCode"]


def main() -> None:
    """Write the list to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("package", type=Path, help="folder of the unpacked china-division package")
    package = parser.parse_args().package
    if not (package / "dist" / "areas.csv").is_file():
        parser.error(f"{package} holds no dist/areas.csv: unpack china-division there first")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "name", "level", "parent"))
    writer.writerows(extract(package))


if __name__ == "__main__":
    main()
