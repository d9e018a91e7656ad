"""The committed dashboards: built from the queries, sound by Grafana's types, right about what they show."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from grafana.builder.__main__ import GRAFANA, files
from grafana.builder.parts import QUERIES, SEVERITY, SLA, SLA_STEPS, STATE
from tests.grafana import checks, fleet
from tests.grafana.conftest import Grafana
from tests.grafana.expansion import ALL, ExpansionError, View, expand
from tests.grafana.fleet import Devices, Spell
from tests.grafana.frames import Frame, FrameError, viewer
from tests.support.rows import minute
from tests.support.servers import Database, Server, server_names

Json = dict[str, Any]
MAY_BE_EMPTY = {"What was wrong with the host", "Agents and clocks"}
FINE: Devices = {("h", "d1", "c1"): [], ("h", "d2", "c2"): []}
every_dashboard = pytest.mark.parametrize("uid", sorted(checks.committed()))


def panel(dashboard: Json, title: str) -> Json:
    return next(one for one in dashboard["panels"] if one["title"] == title)


def show(grafana: Grafana, uid: str, title: str, view: View | None = None) -> Frame:
    """What a panel gets."""
    dashboard = checks.committed()[uid]
    [target] = panel(dashboard, title)["targets"]
    view = view or grafana.view(incident=grafana.latest_incident())
    return grafana.run(target["rawSql"], dashboard["templating"]["list"], view, target["format"])


# Files


def test_committed_files_are_what_the_builder_writes() -> None:
    for file, text in files().items():
        assert file.read_text() == text, f"{file.name} is not what `make dashboards` writes"


def test_no_other_dashboard_is_committed_and_every_query_is_used() -> None:
    assert set((GRAFANA / "dashboards").iterdir()) == {
        file for file in files() if file.parent.name == "dashboards"
    }
    written = "".join(files().values())
    for file in QUERIES.rglob("*.sql"):
        first = file.read_text().strip().splitlines()[-1].strip()
        assert first in written, f"{file.relative_to(QUERIES)} is used nowhere"


# Soundness


@every_dashboard
def test_dashboard_is_sound_on_an_empty_and_on_a_busy_database(
    uid: str, busy: Grafana, empty: Grafana
) -> None:
    dashboard = checks.committed()[uid]
    view = busy.view(incident=busy.latest_incident())
    assert checks.problems(dashboard, busy.run, busy.views(), view) == []
    assert list(checks.queries(dashboard, empty.run, empty.views())) == []


@every_dashboard
def test_every_panel_has_something_to_show_on_the_busy_database(uid: str, busy: Grafana) -> None:
    for one in checks.committed()[uid]["panels"]:
        if one["type"] != "text" and one["title"] not in MAY_BE_EMPTY:
            assert len(show(busy, uid, one["title"])) > 0, one["title"]


# What the panels say


def test_active_incidents_come_by_severity_not_by_alphabet(busy: Grafana) -> None:
    frame = show(busy, "pg-incident-now", "Active incidents")
    assert frame["Severity"].values == ["critical", "high", "high"]
    assert frame["Host"].values == ["host-1", "köln", "o'brien"]
    assert frame["Owner"].values == ["grace", None, None]


def test_a_name_with_a_quote_is_a_name(busy: Grafana) -> None:
    view = busy.view(host=["o'brien"], device=["o'brien's \"TV\""])
    assert set(show(busy, "pg-incident-now", "Recent history, the last 20", view)["Host"].values) == {
        "o'brien"
    }
    assert show(busy, "pg-incident-reliability", "Availability", view)["Device"].values == [
        "o'brien's \"TV\""
    ]


def test_availability_names_the_worst_first_and_silence_is_no_uptime(busy: Grafana) -> None:
    frame = show(busy, "pg-incident-reliability", "Availability")
    values = frame["Availability %"].values
    assert values == sorted(values) and len(values) == 6
    row = dict(zip(frame.names(), frame.rows()[0], strict=True))
    assert (row["Device"], row["No Data"], row["Downtime"]) == ("Gerät (alt)", 2700.0, 0.0)
    assert row["SLA Status"] == "Poor" and row["Availability %"] == 87.5


def test_states_say_every_word_that_has_a_colour(busy: Grafana) -> None:
    words = set(show(busy, "pg-incident-reliability", "States, the 25 worst devices")["state"].values)
    assert words == set(STATE)


def test_incidents_are_counted_per_severity_and_bucket(busy: Grafana) -> None:
    frame = show(busy, "pg-incident-now", "Incidents detected")
    assert set(frame.names()) == {"Time", "critical", "high"}
    assert sum(frame["critical"].values) == 3 and sum(frame["high"].values) == 5


def test_colours_and_order_follow_the_words_of_the_database(busy: Grafana) -> None:
    """A reader may not call the engine's functions: the queries have the order of severities as an array."""
    order = f"array[{', '.join(repr(word) for word in SEVERITY)}]"
    sorted_by_severity = [
        text for text in map(Path.read_text, QUERIES.rglob("*.sql")) if "array_position" in text
    ]
    assert sorted_by_severity and all(order in text for text in sorted_by_severity)
    with busy.database.connect() as connection:
        ranks = connection.execute(
            "select array_agg(w order by incident_engine.severity_rank(w)) from unnest(%s::text[]) as w",
            [list(SEVERITY)],
        ).fetchone()
        assert ranks == (list(SEVERITY),)
        for value, colour in SLA_STEPS:
            (word,) = connection.execute(
                "select incident_engine.sla_status(%s::numeric)", [value or 0]
            ).fetchone() or ("",)
            assert SLA[word] == colour


def test_what_is_in_maintenance_throughout_is_not_the_worst(database: Database) -> None:
    with database.connect() as connection:
        now = fleet.fill(connection, FINE, minutes=60)
        connection.execute(
            "select incident.add_maintenance("
            "'h', now() - interval '1 day', now() + interval '1 hour', 'x', 'd1', 'c1')"
        )
    with viewer(database.url) as connection:
        grafana = Grafana(database, now, connection)
        frame = show(grafana, "pg-incident-reliability", "Availability", grafana.view())
        states = show(grafana, "pg-incident-reliability", "States, the 25 worst devices", grafana.view())
    assert list(zip(frame["Device"].values, frame["SLA Status"].values, strict=True)) == [
        ("d2", "Excellent"),
        ("d1", "maintenance"),
    ]
    assert {name.split(" / ")[1] for name in states["device"].values} == {"d2"}


# Of a host


@pytest.fixture
def full_disk(server: Server) -> Iterator[tuple[Grafana, str]]:
    """A host whose disk is full while its two devices run, and its incident."""
    made = server.database("migrated")
    with made.connect() as connection:
        now = fleet.fill(connection, FINE, minutes=60, host_rows=False)
        connection.execute(
            "insert into public.system_metrics (host_name, timestamp, cpu_percent, disk_percent)"
            " select 'h', %s - m * interval '1 minute', 12, 97 from generate_series(0, 60) as m",
            [now],
        )
        connection.execute("select incident.sweep()")
    with viewer(made.url) as connection:
        grafana = Grafana(made, now, connection)
        [(incident, component)] = connection.execute(
            "select incident_id::text, component from public.system_incident"
        ).fetchall()
        assert component == "system"
        yield grafana, incident
    server.drop(made)


def test_an_incident_of_a_host_has_a_page_that_shows_the_host(full_disk: tuple[Grafana, str]) -> None:
    grafana, incident = full_disk
    seen = {
        title: show(grafana, "pg-incident-incident", title, grafana.view(incident=incident))
        for title in (
            *("Details", "States", "Rows of the device, the newest 1,000", "Load of the device or host"),
            *("Rows of the host, the newest 1,000", "What was wrong with the host"),
        )
    }
    assert all(len(frame) > 0 for frame in seen.values())
    assert re.match(r"disk 97 % \(limit 90\) for 1 h [01] min$", seen["Details"]["What"].values[0])
    assert set(seen["States"]["what"].values) == {"d1 / c1", "d2 / c2"}
    assert set(seen["Rows of the device, the newest 1,000"]["Device"].values) == {"d1", "d2"}
    assert seen["What was wrong with the host"]["For"].values[0] >= 3600
    hosts = show(grafana, "pg-incident-hosts", "Hosts, the worst first")
    assert hosts["State"].values == ["over limits"] and hosts["Up"].values == [2]


def test_rows_of_a_long_time_are_the_newest(database: Database) -> None:
    """A device has been down for two days; the page shows its present."""
    with database.connect() as connection:
        now = fleet.fill(connection, {("h", "d", "c"): [Spell(2000, 2001, "stopped")]}, minutes=2880)
    with viewer(database.url) as connection:
        view = View(now - timedelta(days=2), now, {"incident": "1"})
        grafana = Grafana(database, now, connection)
        rows = show(grafana, "pg-incident-incident", "Rows of the device, the newest 1,000", view)
        load = show(grafana, "pg-incident-incident", "Load of the device or host", view)
    assert len(rows) == 1000
    assert rows["Time"].values[0] == now
    assert load["Time"].values[-1] == now


# Zones


@pytest.mark.parametrize("bucket", ["day", "week", "month"])  # Hosts offers no months, but knows them
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_every_panel_with_buckets_begins_them_where_its_zone_does(
    bucket: str, zone: str, database: Database
) -> None:
    """Over the change of clocks on 29 March and 5 April 2026; the session's zone is another."""
    start, end = datetime(2026, 3, 20, 3, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC)
    with database.connect() as connection:
        connection.execute("select incident.set_policy(sample_interval => '1 h', no_data_after => '3 h')")
        connection.execute(
            "insert into public.system_device_metrics (host_name, device_id, device_name, capture_folder,"
            " timestamp, ffmpeg_status, monitor_status)"
            " select 'h', 'd', 'd', 'c', at,"
            " case when extract(hour from at) = 23 then 'stopped' else 'active' end, 'active'"
            " from generate_series(%s::timestamptz, %s, '1 hour') as at",
            [start, end],
        )
    with viewer(database.url) as connection:
        grafana = Grafana(database, end, connection)
        view = View(start, end, {"bucket": bucket, "time_zone": zone})
        for uid, title in (
            ("pg-incident-reliability", "Fleet over time, all hosts"),
            ("pg-incident-reliability", "MTTA and MTTR, all hosts"),
            ("pg-incident-hosts", "What the devices did"),
        ):
            begins = [
                one.astimezone(ZoneInfo(zone))
                for one in show(grafana, uid, title, view)["Time"].values
                if start < one < end  # there the range begins and ends
            ]
            for local in begins:
                assert (local.hour, local.minute) == (0, 0), (title, local)
                assert bucket != "week" or local.weekday() == 0
                assert bucket != "month" or local.day == 1
            assert len(begins) >= {"day": 20, "week": 2, "month": 1}[bucket]


# Expansion: the same as Grafana's


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("$__timeFilter(a.t)", "a.t BETWEEN '2026-03-02T10:00:00Z' AND '2026-03-02T11:00:00Z'"),
        ("$__timeFrom()::timestamptz", "'2026-03-02T10:00:00Z'::timestamptz"),
        ("$__timeGroupAlias(t, $__interval)", 'floor(extract(epoch from t)/900)*900 AS "time"'),
        ("$__timeGroup(t,'5m',0)", "floor(extract(epoch from t)/300)*300"),
        ("$__unixEpochFilter(t)", "t >= 1772445600 AND t <= 1772449200"),
        ("x in ($host)", "x in ('o''brien','b')"),
        ("x = '$one'", "x = 'it''s'"),
        ("x = '${one}'", "x = 'it''s'"),
        ("x in ($all)", "x in (column)"),
    ],
)
def test_expands_as_grafana_does(sql: str, expected: str) -> None:
    variables: list[Json] = [
        {"name": "host", "multi": True, "current": {"value": ["o'brien", "b"]}},
        {"name": "one", "type": "textbox", "current": {"value": "it's"}},
        {"name": "all", "multi": True, "includeAll": True, "allValue": "column", "current": {"value": [ALL]}},
    ]
    assert expand(sql, variables, View(minute(0), minute(60))).sql == expected


@pytest.mark.parametrize(
    "sql", ["$__nonsense(t)", "$nobody", "${one:raw}", "$__timeGroup(t)", "$__timeGroup(t, x)"]
)
def test_expansion_refuses_what_grafana_would_not_understand(sql: str) -> None:
    variables: list[Json] = [{"name": "one", "type": "textbox", "current": {"value": ""}}]
    with pytest.raises(ExpansionError):
        expand(sql, variables, View(minute(0), minute(60)))


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select 1 as x", "column named time"),
        ("select now() as time, 'a' as metric", "column of numbers"),
        (
            "select t as time, 1 as v from (values (now()), (now() - interval '1 h')) as w (t)",
            "order of time",
        ),
        ("select null::timestamptz as time, 1 as v", "nulls"),
        ("select now() as time, 'NaN'::float8 as v", "cannot be shown"),
    ],
)
def test_a_series_that_grafana_would_refuse_is_refused(sql: str, complaint: str, empty: Grafana) -> None:
    with pytest.raises(FrameError, match=complaint):
        empty.run(sql, [], empty.view(), "time_series")


# Each check rejects a broken dashboard


def set_sql(title: str, old: str, new: str) -> Callable[[Json], None]:
    def change(dashboard: Json) -> None:
        [target] = panel(dashboard, title)["targets"]
        assert old in target["rawSql"]
        target["rawSql"] = target["rawSql"].replace(old, new, 1)

    return change


def set_panel(title: str, /, **values: Any) -> Callable[[Json], None]:
    return lambda dashboard: panel(dashboard, title).update(values)


def set_defaults(title: str, **values: Any) -> Callable[[Json], None]:
    return lambda dashboard: panel(dashboard, title)["fieldConfig"]["defaults"].update(values)


def set_override(title: str, column: str, ident: str, value: Any) -> Callable[[Json], None]:
    def change(dashboard: Json) -> None:
        overrides = panel(dashboard, title)["fieldConfig"]["overrides"]
        one = next((one for one in overrides if one["matcher"]["options"] == column), None)
        if one is None:
            one = {"matcher": {"id": "byName", "options": column}, "properties": []}
            overrides.append(one)
        one["properties"] = [p for p in one["properties"] if p["id"] != ident] + [
            {"id": ident, "value": value}
        ]

    return change


def set_variable(name: str, **values: Any) -> Callable[[Json], None]:
    return lambda dashboard: next(
        one for one in dashboard["templating"]["list"] if one["name"] == name
    ).update(values)


def set_link(title: str, url: str) -> Callable[[Json], None]:
    return set_override(title, "ID", "links", [{"title": "x", "url": url}])


ACTIVE, COUNTS, DETECTED = "Active incidents", "Incidents, all hosts", "Incidents detected"
MUTATIONS: dict[str, tuple[str, Callable[[Json], Any], str]] = {
    # name: (dashboard, change, complaint)
    "unknown panel type": ("now", set_panel(ACTIVE, type="tabel"), "structure"),
    "unknown property of a panel": ("now", set_panel(ACTIVE, tittle="x"), "structure"),
    "option of another panel": ("now", set_panel(ACTIVE, options={"graphMode": "none"}), "structure"),
    "option with a wrong value": ("now", set_panel(COUNTS, options={"colorMode": "loud"}), "structure"),
    "unknown field setting": ("now", set_defaults(ACTIVE, untis="s"), "structure"),
    "field setting of another panel": (
        "now",
        set_defaults(ACTIVE, custom={"drawStyle": "bars"}),
        "structure",
    ),
    "override of a wrong type": ("now", set_override(ACTIVE, "ID", "custom.width", "wide"), "structure"),
    "override that does not exist": ("now", set_override(ACTIVE, "ID", "custom.widht", 9), "structure"),
    "thresholds without steps": ("now", set_defaults(COUNTS, thresholds={"mode": "absolute"}), "structure"),
    "mapping of an unknown kind": ("now", set_defaults(COUNTS, mappings=[{"type": "word"}]), "structure"),
    "no panel id": ("now", lambda d: panel(d, ACTIVE).pop("id"), "structure"),
    "no place": ("now", lambda d: panel(d, ACTIVE).pop("gridPos"), "structure"),
    "variable of an unknown type": ("now", set_variable("host", type="sql"), "structure"),
    "annotation without a colour": (
        "now",
        lambda d: d["annotations"]["list"][0].pop("iconColor"),
        "structure",
    ),
    "query in an unknown format": (
        "now",
        lambda d: panel(d, ACTIVE)["targets"][0].update(format="csv"),
        "structure",
    ),
    "one id for two panels": ("now", set_panel(ACTIVE, id=1), "two panels have one id"),
    "panels that overlap": ("now", set_panel(ACTIVE, gridPos={"x": 0, "y": 0, "w": 24, "h": 9}), "overlaps"),
    "panel beyond the edge": (
        "now",
        set_panel(ACTIVE, gridPos={"x": 9, "y": 90, "w": 24, "h": 9}),
        "right edge",
    ),
    "refresh that does not run": ("now", lambda d: d.update(refresh="7s"), "does not run"),
    "another data source": (
        "now",
        lambda d: panel(d, ACTIVE)["targets"][0]["datasource"].update(uid="other"),
        "unknown data source",
    ),
    "column that does not exist": ("now", set_sql(ACTIVE, "device_name", "devicename"), "UndefinedColumn"),
    "table that viewers may not read": (
        "now",
        set_sql(ACTIVE, "from incident.active", "from incident_engine.error, incident.active"),
        "InsufficientPrivilege",
    ),
    "a panel that acts": (
        "now",
        set_sql(COUNTS, "from", ", incident.acknowledge(1) from"),
        "a panel only reads",
    ),
    "two statements": ("now", set_sql(COUNTS, "select", "select 1; select"), "semicolon"),
    "undefined variable": ("now", set_sql(ACTIVE, "$host", "$hosts"), "neither a variable"),
    "unknown macro": ("now", set_sql(DETECTED, "$__timeFilter", "$__timeFiltre"), "not a macro"),
    "call inside a macro": (
        "now",
        set_sql(DETECTED, "(detected_at)", "(date_trunc('h', detected_at))"),
        "macro",
    ),
    "dollar in a comment": ("now", set_sql(ACTIVE, "from", "-- by $host\nfrom"), "in a comment"),
    "many values as one": ("now", set_sql(ACTIVE, "in ($host)", "= $host"), "many values"),
    "value without quotes": (
        "incident",
        set_sql("Timeline", "'$incident'", "$incident"),
        "no quotes of its own",
    ),
    "format that does not quote": ("now", set_sql(ACTIVE, "$host", "${host:raw}"), "does not quote"),
    "two columns of one name": ("now", set_sql(ACTIVE, '"Folder"', '"Device"'), "two columns have one name"),
    "type that Grafana cannot show": (
        "now",
        set_sql(COUNTS, '"Active",', '"Active", array[1] as a,'),
        "no use for type",
    ),
    "series out of order": ("now", set_sql(DETECTED, "order by time", "order by time desc"), "order of time"),
    "series without time": (
        "now",
        set_sql(DETECTED, "Alias(detected_at, $__interval, 0),", "(detected_at, $__interval, 0) as moment,"),
        'column "time" does not exist',
    ),
    "stat with many rows": (
        "now",
        set_sql(COUNTS, "from", "from generate_series(1, 2),"),
        "one row, not 2",
    ),
    "override of no column": ("now", set_override(ACTIVE, "Sevrity", "custom.width", 9), "no column"),
    "unit that does not exist": ("now", set_defaults(DETECTED, unit="secs"), "not known to Grafana"),
    "unit for words": ("now", set_override(ACTIVE, "Owner", "unit", "s"), "a unit for text"),
    "link to a column that is not there": (
        "now",
        set_link(ACTIVE, "/d/pg-incident-incident?var-incident=${__data.fields.Id}"),
        "no column Id",
    ),
    "link to no dashboard": ("now", set_link(ACTIVE, "/d/pg-incident-gone?x=1"), "no dashboard of ours"),
    "link with an unknown variable": (
        "now",
        set_link(ACTIVE, "/d/pg-incident-incident?var-id=${__value.raw}"),
        "has no variable id",
    ),
    "title with an unknown variable": (
        "incident",
        set_panel("Timeline", title="Of $incidnet"),
        "no variable",
    ),
    "state without a colour": (
        "reliability",
        set_sql("States, the 25 worst devices", "s.state\n", "upper(s.state) as state\n"),
        "states without a colour",
    ),
    "label from nowhere": (
        "reliability",
        set_defaults("States, the 25 worst devices", displayName="${__field.labels.host}"),
        "comes from nowhere",
    ),
    "annotation without text": (
        "now",
        lambda d: d["annotations"]["list"][0]["target"].update(rawSql="select now() as time"),
        "fit: annotation",
    ),
    "time zone without quotes": (
        "reliability",
        set_sql("Fleet over time, all hosts", "'$time_zone'", "$time_zone"),
        "no quotes of its own",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.parametrize("server", server_names()[:1], indirect=True)
def test_a_broken_dashboard_is_rejected(name: str, busy: Grafana) -> None:
    uid, change, complaint = MUTATIONS[name]
    dashboard = copy.deepcopy(checks.committed()[f"pg-incident-{uid}"])
    change(dashboard)
    view = busy.view(incident=busy.latest_incident())
    found = checks.problems(dashboard, busy.run_once, [view], view)
    assert any(complaint in one for one in found), found
