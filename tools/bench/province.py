"""Facts of a province, as `xinqiao targets export` writes them: 16 cities, 105 counties, 1,500 townships, 500 units.

Every contact falls into the twelve months that are asked of, with some five further facts, a third of which were
corrected once. DuckDB makes them in files of a quarter of a million, neighbours side by side as in a real copy.
"""

import json
import subprocess
import sys
from pathlib import Path

#: As in `xinqiao.targets.copying`, which cannot be had without a platform.
ROWS, SORTED_BY = 250_000, ("region", "unit", "day")
YEAR = 2025
CITIES, COUNTIES, TOWNS, OFFICES = 16, 105, 1500, 4
#: Facts of each kind for a hundred contacts.
SHARES = {
    "contact": 100, "acceptance": 90, "answer": 70, "delivered": 65, "closed": 72, "appeal": 5, "concluded": 3,
    "execution": 20, "report_back": 15, "urging": 8, "recommendation": 1, "matter": 70, "lead_visit": 2,
}  # fmt: skip


def made(folder: Path) -> int:
    """How many facts the copy there has; 0 where there is none."""
    about = folder / "about.json"
    return int(json.loads(about.read_text())["facts"]) if about.exists() else 0


def make(folder: Path, contacts: int) -> int:
    """A copy with so many contacts; by another process, whose memory is gone afterwards. Returns how many facts."""
    script = f"from tools.bench.province import _make; _make({str(folder)!r}, {contacts})"
    subprocess.run([sys.executable, "-c", script], check=True)
    return made(folder)


def _make(name: str, contacts: int) -> None:
    import duckdb  # noqa: PLC0415

    folder, total = Path(name), 0
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false; SELECT setseed(0.5)")
    for what, share in SHARES.items():
        target = folder / "facts" / f"what={what}"
        target.mkdir(parents=True)
        for number, first in enumerate(range(0, contacts * share // 100, ROWS)):
            many, path = min(ROWS, contacts * share // 100 - first), target / f"part-{number:05}.parquet"  # fmt: skip
            connection.execute(_facts(what, many, path))
            total += connection.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
    (folder / "above").mkdir()
    connection.execute(_above(folder / "above" / "part-00000.parquet"))
    about = {"made_at": f"{YEAR + 1}-03-01T00:00:00+08:00", "facts": total, "format": 1}
    (folder / "about.json").write_text(json.dumps(about))


def _facts(what: str, many: int, path: Path) -> str:
    """Facts of a kind, more of them where more people live; a third known twice, as corrected or as done later."""
    since, span = (YEAR - 2, 1095) if what == "matter" else (YEAR, 364)
    return f"""
        COPY (
            WITH drawn AS (
                SELECT (pow(random(), 1.6) * {TOWNS})::INT % {TOWNS} AS town,
                       DATE '{since}-01-01' + (random() * {span})::INT AS day, random() AS late,
                       random() AS chance, random() AS other, random() AS again, random() AS twice
                FROM range({many})
            ), facts AS (
                SELECT 'office-' || (town % {COUNTIES}) || '-' || (other * {OFFICES})::INT AS unit,
                       'town-' || town AS region, '' AS category,
                       CASE WHEN chance < .5 THEN 'online' WHEN chance < .7 THEN 'letter' WHEN chance < .9 THEN 'visit'
                            ELSE 'call' END AS channel,
                       CASE WHEN chance < .7 OR chance >= .9 THEN '' WHEN other < .6 THEN 'county'
                            WHEN other < .85 THEN 'city' WHEN other < .97 THEN 'province' ELSE 'nation' END AS level,
                       CASE '{what}' WHEN 'delivered' THEN CASE WHEN other < .4 THEN '' WHEN other < .8 THEN 'satisfied'
                            ELSE 'dissatisfied' END
                            WHEN 'appeal' THEN CASE WHEN other < .8 THEN 'upheld' ELSE 'changed' END
                            WHEN 'recommendation' THEN 'adopted' ELSE '' END AS mark,
                       day, (day - 50)::DATE AS start, day AS due,
                       CASE WHEN late < .93 THEN (day - 30 + (late * 35)::INT)::DATE END AS done,
                       CASE WHEN other < .55 THEN (day + (chance * 200)::INT)::DATE END AS settled,
                       CASE WHEN again < .15 THEN (day + (chance * 300)::INT)::DATE END AS again,
                       CASE WHEN chance >= .7 AND other > .9 THEN 5 + (late * 40)::INT ELSE 1 END::INT AS persons,
                       again > .2 AS first, other < .95 AS designated, other > .9 AS skipped, other > .8 AS extended,
                       epoch_us(day::TIMESTAMP) AS begun, twice < .33 AS corrected
                FROM drawn
            )
            SELECT * FROM (SELECT * EXCLUDE (begun, corrected), begun AS known_from,
                   CASE WHEN corrected THEN begun + 2592000000000 ELSE 253402214400000000 END AS known_to FROM facts
            UNION ALL
            SELECT * EXCLUDE (begun, corrected), begun + 2592000000000, 253402214400000000 FROM facts WHERE corrected)
            ORDER BY {", ".join(SORTED_BY)}
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)
    """


def _above(path: Path) -> str:
    """Township, county, city, province; office, county government, city government, province's."""
    county, city = f"(n % {COUNTIES})", f"(n % {COUNTIES}) % {CITIES}"
    regions = ["'town-' || n", f"'county-' || {county}", f"'city-' || {city}", "'province'"]
    units = [
        "'office-' || n || '-' || k",
        "'county-' || n",
        f"'city-' || n % {CITIES}",
        "'province'",
    ]
    rows = [
        *(
            f"SELECT 'region' AS scale, 'town-' || n AS own, {code} AS code FROM range({TOWNS}) t(n)"
            for code in regions
        ),
        *(
            f"SELECT 'unit', 'office-' || n || '-' || k, {code} FROM range({COUNTIES}) t(n), range({OFFICES + 1}) o(k)"
            for code in units
        ),
    ]
    return f"COPY ({' UNION ALL '.join(rows)}) TO '{path}' (FORMAT parquet)"
