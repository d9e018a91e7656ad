"""The monthly report as a browser shows and prints it; not part of `make test`, for it needs Chromium."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from db.embedded import REPO
from report.__main__ import collect, write
from tests.support.servers import Database, server_names

Json = dict[str, Any]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", server_names()[:1], indirect=True),
]
FIRST = datetime(2026, 1, 31, 23, tzinfo=UTC)  # February in Berlin
# A month of three devices in ten minutes' steps: one fails for hours, one is unknown for a day, then silent,
# one has a name that would break a page.
MONTH = """
select incident.set_policy(sample_interval => '10 min', no_data_after => '30 min');
insert into public.system_device_metrics
    (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status)
select 'köln-1', d.name, d.name, 'c', %(first)s + m * interval '1 min',
    case
        when d.name = 'fails' and m between 7200 and 7740 then 'stopped'
        when d.name = 'blind' and m between 14400 and 15840 then 'unknown'
        else 'active'
    end,
    case when d.name = 'fails' and m between 28800 and 28920 then 'stuck' else 'active' end
from unnest(array['fails', 'blind', %(nasty)s]) as d (name)
cross join generate_series(0, 28 * 1440, 10) as m
where d.name <> 'blind' or m not between 21600 and 21960;
select incident.sweep();
"""
NASTY = "<img src=x onerror=alert(1)> & a name as long as nobody would give one"


@pytest.fixture
def seen(database: Database, tmp_path: Path) -> Json:
    with psycopg.connect(
        database.url, autocommit=True, row_factory=dict_row, cursor_factory=psycopg.ClientCursor
    ) as connection:
        connection.execute(MONTH, {"first": FIRST, "nasty": NASTY})
        connection.execute(
            "select incident.add_maintenance('köln-1', %s, %s, 'new switch')",
            [FIRST + timedelta(days=25), FIRST + timedelta(days=25, hours=3)],
        )
        found = collect(connection, "2026-02", "Europe/Berlin", None)
    page, _ = write(found, tmp_path)
    done = subprocess.run(
        ["node", REPO / "grafana/render/look.mjs", page, tmp_path / "report.png"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_report_can_be_read_on_a_screen_and_on_paper(seen: Json) -> None:
    assert seen["errors"] == []
    for medium, width in (("screen", 1280), ("print", 680)):
        page = seen[medium]
        assert "2026-02" in page["title"]
        assert page["scripts"] == 0
        assert page["width"] <= width, medium
        assert page["cut"] == [], medium
        assert len(page["tiles"]) >= 4
        assert [plot["title"] for plot in page["plots"]] == [
            *("Availability by day", "Downtime by cause", "Error budget, burning down")
        ]
        for plot in page["plots"]:
            frame = plot["frame"]
            assert plot["shapes"] and plot["texts"] and plot["caption"]
            for one in plot["shapes"] + plot["texts"]:
                assert frame["left"] - 1 <= one["left"] and one["right"] <= frame["right"] + 1, (medium, one)
                assert frame["top"] - 1 <= one["top"] and one["bottom"] <= frame["bottom"] + 1, (medium, one)


def test_the_plots_show_each_day_and_what_happened_on_it(seen: Json) -> None:
    availability, causes, _ = seen["screen"]["plots"]
    assert len(availability["shapes"]) == 28
    told = {shape["words"] for shape in causes["shapes"]}
    assert any(words.endswith("ffmpeg 9 h 10 min") for words in told), told
    assert any(words.endswith("monitor 2 h 10 min") for words in told), told
    assert any("silent" in words for words in told) and any("unknown" in words for words in told)


def test_the_worst_device_comes_first_and_no_name_is_markup(seen: Json) -> None:
    devices = [row[0] for row in seen["screen"]["rows"] if "köln-1" in row[0]]
    assert len(devices) == 3
    assert "fails" in devices[0]
    assert any("<img src=x" in name for name in devices)
