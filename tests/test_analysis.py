"""The docs page on analysis: every query runs, on real DuckDB, SQLite and Spark."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs/guide/analysis.md").read_text(encoding="utf-8")
FENCE = re.compile(r'^```\w+ title="(\w+)"\n(.*?)^```$', re.M | re.S)


def queries(title: str) -> list[str]:
    return [match[2] for match in FENCE.finditer(DOC) if match[1] == title]


def export(folder: Path, *words: str) -> None:
    result = CliRunner().invoke(main, ["export", *words, "--today", "2026-11-24"])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive of the docs in every form that the page names."""
    folder = tmp_path_factory.mktemp("analysis")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        export(folder, "parquet", "--output", str(folder / "archive"))
        export(folder, "parquet", "--output", str(folder / "lake/payments"))
        export(folder, "json", "--output", str(folder / "postmortems.json"))
        export(folder, "sqlite", "--output", str(folder / "postmortems.sqlite"))
    return folder


def outages(archive: Path) -> list[dict[str, Any]]:
    data = json.loads((archive / "postmortems.json").read_text(encoding="utf-8"))
    return list(data["postmortems"])


@pytest.mark.parametrize("number", range(len(queries("duckdb"))))
def test_duckdb_answers(archive: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.chdir(archive)
    with duckdb.connect() as connection:
        rows = connection.execute(queries("duckdb")[number]).fetchall()

    assert rows, "the question is answered by the example archive"


def test_the_sums_are_those_of_the_pages(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    wanted: dict[str, int] = {}
    for item in outages(archive):
        for service in item["services"]:
            wanted[service] = wanted.get(service, 0) + item.get("duration_seconds", 0)

    with duckdb.connect() as connection:
        rows = connection.execute(queries("duckdb")[0]).fetchall()

    assert {name: minutes or 0 for name, _, minutes in rows} == {
        name: seconds // 60 for name, seconds in wanted.items()
    }


@pytest.mark.parametrize("query", queries("sqlite"))
def test_sqlite_answers(archive: Path, query: str) -> None:
    connection = sqlite3.connect(archive / "postmortems.sqlite")
    rows = connection.execute(query).fetchall()
    connection.close()

    wanted = sum(
        task["state"] in ("open", "in_progress")
        for item in outages(archive)
        for task in item["tasks"]
        for _ in item["services"]
    )
    assert sum(count for _, count, _ in rows) == wanted > 0


def java() -> str | None:
    """Why Spark cannot run here, if it cannot."""
    found = shutil.which("java")
    if found is None:
        return "there is no Java (scripts/java.sh installs it on Debian as root)"
    text = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', text)
    if version is None or int(version[1]) < 17:
        return "Spark 4 needs Java 17 or newer"
    return None


def test_spark_reads_many_archives_as_one(
    archive: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = java()
    if reason:
        pytest.skip(reason)
    cause = next(cause for item in outages(archive) for cause in item.get("causes", []))
    site.write("postmortems/a.md", PAGE.replace("severity:", f"causes: [{cause}]\n  severity:"))
    site.write_config(site_name="Search")
    monkeypatch.chdir(site.root)
    export(site.root, "parquet", "--output", str(archive / "lake/search"))
    monkeypatch.chdir(archive)
    with spark_session() as spark:
        prepare, causes, promised = queries("spark")
        names: dict[str, Any] = {"spark": spark}
        exec(prepare, names)  # noqa: S102 - our own page
        schema = {item.name: item.dataType.simpleString() for item in spark.table("outages").schema}
        exec(causes, names)  # noqa: S102
        shared = [row.asDict() for row in names["answer"].collect()]
        exec(promised, names)  # noqa: S102
        sites = {row["site"]: row["promised"] for row in names["answer"].collect()}

    assert schema["started"] == "timestamp"
    assert schema["services"] == "array<string>"
    assert schema["year"] == "int"
    assert sites["Search"] == 1
    assert sites["mkdocs-postmortem"] == sum(len(item["tasks"]) for item in outages(archive))
    assert [(row["cause"], row["sites"]) for row in shared] == [(cause, 2)]


def spark_session() -> Any:
    """One small session in this process, with nothing of the machine's network in it."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    # A short run: compiling well costs more than it saves.
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--driver-java-options '{quick}' pyspark-shell"
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    return (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )


def test_parquet_is_read_back_with_its_types(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("postmortems/a.md", PAGE)
    day = "---\npostmortem:\n  id: D-1\n  services: ['a/b', '\U0001f525']\n---\n# No day\n"
    site.write("postmortems/b.md", day)
    site.options["measures"] = [{"name": "Time to fix", "from": "detected", "to": "resolved"}]
    site.write_config(site_url="https://e.example/")
    monkeypatch.chdir(site.root)
    export(site.root, "parquet", "--output", "out")
    export(site.root, "parquet", "--output", "out", "--force")

    def table(name: str) -> list[dict[str, Any]]:
        return list(pyarrow.parquet.read_table(f"out/{name}").to_pylist())

    (dated, undated) = sorted(table("outages"), key=lambda row: row["id"], reverse=True)
    assert dated["started"] == datetime(2026, 3, 14, 8, 12, tzinfo=timezone.utc)
    assert dated["timezone"] == "Europe/Paris"
    assert dated["day"] == date(2026, 3, 14)
    assert dated["year"] == 2026
    assert dated["duration_seconds"] == 47 * 60
    assert dated["users_percent"] == 35.0
    assert dated["url"] == "https://e.example/postmortems/a/"
    assert dict(dated["measures"]) == {"Time to fix": 40 * 60}
    assert undated["year"] is None
    assert undated["services"] == ["a/b", "\U0001f525"]
    assert undated["impact"] is None
    assert undated["causes"] == []
    (task,) = table("tasks")
    assert (task["due"], task["owners"], task["overdue"]) == (date(2026, 4, 1), ["dana"], True)
    entries = table("timeline")
    assert [row["kind"] for row in entries[:2]] == ["started", "detected"]
    assert len(entries) == 7


@pytest.mark.parametrize("content", ["a file", "a folder"])
def test_parquet_replaces_only_what_it_wrote(
    site: Site, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write_config()
    monkeypatch.chdir(site.root)
    kept = site.root / "out" if content == "a file" else site.root / "out/kept.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")

    for words in ([], ["--force"]):
        result = CliRunner().invoke(main, ["export", "parquet", "--output", "out", *words])
        assert result.exit_code == 2, result.output
    assert kept.read_text(encoding="utf-8") == "mine"
    assert [item.name for item in site.root.glob(".postmortem-*")] == []
