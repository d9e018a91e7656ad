"""The dashboards in a browser: no error of the page, and the colours, texts and links that people go by.

`make test-browser`; not part of `make test`, for it needs Chromium and npm packages.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from grafana.builder.parts import SEVERITY, SLA, STATE
from tests.grafana import checks, shown
from tests.support.servers import server_names

Json = dict[str, Any]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("server", server_names()[:1], indirect=True),
]
EMPTY_WHEN_ALL_IS_WELL = {"What was wrong with the host"}
SEEN: dict[str, Json] = {}

# Grafana's dark theme, by the names that the dashboards use.
RGB = {
    "dark-red": "rgb(196, 22, 42)",
    "dark-orange": "rgb(250, 100, 0)",
    "dark-yellow": "rgb(224, 180, 0)",
    "dark-green": "rgb(55, 135, 45)",
    "dark-blue": "rgb(31, 96, 196)",
    "green": "rgb(115, 191, 105)",
}
HEX = {"green": "#73BF69", "orange": "#FF9830", "red": "#F2495C", "purple": "#B877D9", "blue": "#5794F2"}


@pytest.fixture
def seen(server: Any, tmp_path: Any) -> dict[str, Json]:
    """By uid what is to be seen; rendered once."""
    if not SEEN:
        database = server.database("migrated")
        with database.connect() as connection:
            now, incident = shown.fill_site(connection)
        SEEN.update(shown.render(database, now, incident, tmp_path))
    return SEEN


def panel(seen: dict[str, Json], uid: str, title: str) -> Json:
    return next(one for one in seen[uid]["panels"] if one["title"] == title)


def column(table: Json, name: str) -> list[Json]:
    number = table["header"].index(name) + 1
    return [cell for cell in table["cells"] if cell["column"] == number]


def test_no_error_of_the_page(seen: dict[str, Json]) -> None:
    assert {uid: one["errors"] for uid, one in seen.items()} == {uid: [] for uid in checks.committed()}


def test_every_panel_shows_something(seen: dict[str, Json]) -> None:
    for uid, dashboard in checks.committed().items():
        for one in dashboard["panels"]:
            found = panel(seen, uid, one["title"])
            drawn = {
                "table": len(found["cells"]),
                "timeseries": found["canvases"],
                "stat": len(found["text"]),
                "text": len(found["text"]),
            }.get(one["type"], len(found["boxes"]))
            assert drawn > 0 or one["title"] in EMPTY_WHEN_ALL_IS_WELL, f"{uid}: {one['title']}"
            assert "No data" not in found["text"]


def test_severity_has_its_colour_while_it_lasts(seen: dict[str, Json]) -> None:
    cells = column(panel(seen, "pg-incident-now", "Active incidents"), "Severity")
    assert {cell["text"] for cell in cells} == {"critical", "high", "medium"}
    for cell in cells:
        assert cell["background"] == RGB[SEVERITY[cell["text"]]]
    past = column(panel(seen, "pg-incident-now", "Recent history, the last 20"), "Severity")
    assert {cell["background"] for cell in past}.isdisjoint(RGB.values())


def test_no_zero_has_a_colour(seen: dict[str, Json]) -> None:
    """And red is what is wrong now: no tile, no cell of a table says 0 in a colour."""
    for uid, one in seen.items():
        for tile in one["tiles"]:
            if tile["text"].split()[-1] == "0":
                assert tile["color"] not in HEX.values(), (uid, tile)
        for found in one["panels"]:
            for cell in found["cells"]:
                if cell["text"] in ("0", "0 s", "00:00:00", "0.00"):
                    assert cell["background"] not in RGB.values(), (uid, found["title"], cell)


def test_nothing_is_cut_off(seen: dict[str, Json]) -> None:
    """At 1,280 pixels: every table is as wide as its panel, every word as wide as its cell."""
    cut = [
        (uid, found["title"], cell)
        for uid, one in seen.items()
        for found in one["panels"]
        for cell in found["cut"]
    ]
    assert cut == []


def test_hosts_are_told_apart(seen: dict[str, Json]) -> None:
    table = panel(seen, "pg-incident-hosts", "Hosts, the worst first")
    states = {
        host["text"]: (state["text"], state["background"])
        for host, state in zip(column(table, "Host"), column(table, "State"), strict=True)
    }
    assert states["wien-1"] == ("silent", RGB["dark-red"])
    assert states["o'brien"] == ("over limits", RGB["dark-orange"])
    assert states["berlin-1"] == ("up", RGB["dark-green"])
    boxes = panel(seen, "pg-incident-hosts", "Hosts over time")["boxes"]
    assert {box["series"] for box in boxes} == {"berlin-1", "köln-2", "o'brien", "wien-1"}


def test_sla_status_has_its_colour(seen: dict[str, Json]) -> None:
    cells = column(panel(seen, "pg-incident-reliability", "Availability"), "SLA Status")
    assert {cell["text"] for cell in cells} >= {"Fair", "Good"}
    for cell in cells:
        assert cell["background"] == RGB[SLA[cell["text"]]]


def test_availability_has_the_colour_of_its_status(seen: dict[str, Json]) -> None:
    table = panel(seen, "pg-incident-reliability", "Availability")
    status = {cell["row"]: cell["background"] for cell in column(table, "SLA Status")}
    percent = {cell["row"]: cell["background"] for cell in column(table, "Availability %")}
    assert percent == status


def test_states_have_their_colours(seen: dict[str, Json]) -> None:
    boxes = panel(seen, "pg-incident-reliability", "States, the 25 worst devices")["boxes"]
    colours = {box["text"]: box["color"] for box in boxes}
    assert set(colours) == {word.replace("_", " ") for word in STATE}
    for word, colour in STATE.items():
        assert colours[word.replace("_", " ")] == HEX.get(colour, colour)
    assert len({box["series"] for box in boxes}) == len(shown.SITE)


def test_an_incident_leads_to_its_page_and_its_time(seen: dict[str, Json]) -> None:
    table = panel(seen, "pg-incident-now", "Recent history, the last 20")
    for cell in column(table, "ID"):
        number = cell["text"]
        path, _, time = cell["link"].partition("&from=")
        assert path == f"/d/pg-incident-incident?var-incident={number}"
        start, _, end = time.partition("&to=")
        assert int(end) - int(start) >= 60 * 60 * 1000


def test_helper_columns_are_hidden(seen: dict[str, Json]) -> None:
    header = panel(seen, "pg-incident-now", "Recent history, the last 20")["header"]
    assert "ID" in header and not {"From", "To"} & set(header)


def test_tiles_say_what_matters_in_its_colour(seen: dict[str, Json]) -> None:
    tiles = {tile["title"]: tile for tile in seen["pg-incident-now"]["tiles"]}
    assert "healthy" in tiles["Engine"]["text"] and tiles["Engine"]["color"] == HEX["green"]
    assert tiles["Active"]["color"] == HEX["red"]
    assert re.search(r"\d\d:\d\d:\d\d", tiles["Mean Resolution"]["text"])


def test_the_calls_to_copy_carry_the_number(seen: dict[str, Json]) -> None:
    found = panel(seen, "pg-incident-incident", "In psql")["text"]
    assert "$" not in found and "select incident.acknowledge(" in found
