"""What numbers mean at the edges: each question once went wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.support.servers import Database

SEND = """
insert into public.system_device_metrics
    (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status)
select 'h', %(device)s, %(device)s, 'c', %(start)s::timestamptz + m * interval '1 minute',
    case
        when m between %(from)s and %(to)s and (m - %(from)s) %% %(every)s = 0 then %(status)s else 'active'
    end,
    'active'
from generate_series(%(first)s::integer, %(last)s::integer) as m
"""


def send(connection: psycopg.Connection[Any], start: str, last: int, **given: Any) -> None:
    """A sample a minute; `status` from minute `from` to minute `to`, in each `every`th of them."""
    defaults = {"device": "d", "first": 0, "from": 0, "to": -1, "every": 1, "status": "stopped"}
    connection.execute(SEND, defaults | {"start": start, "last": last} | given)


def ask(connection: psycopg.Connection[Any], query: str) -> list[dict[str, Any]]:
    return connection.execute(f"select * from incident.{query}").fetchall()


@pytest.fixture
def connection(database: Database) -> Any:
    this_minute.cache_clear()
    with database.connect(row_factory=dict_row) as connection:
        yield connection


def now(minutes_ago: int = 0) -> str:
    return (this_minute() - timedelta(minutes=minutes_ago)).isoformat()


@cache
def this_minute() -> datetime:
    """The one in which the test began, also when it ends in the next."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def test_failures_of_days_add_up_over_maintenance_at_midnight(connection: Any) -> None:
    """Fails from 23:30 to 00:30, maintenance from 23:00 to 00:10: it counts where the maintenance ends."""
    send(connection, "2026-03-01Z", 2879, **{"from": 1410, "to": 1469})
    connection.execute("select incident.add_maintenance('h', '2026-03-01 23:00Z', '2026-03-02 00:10Z', 'x')")
    windows = [("01", "03"), ("01", "02"), ("02", "03")]
    found = [ask(connection, f"mtbf('2026-03-{a}Z', '2026-03-{b}Z')")[0]["failures"] for a, b in windows]
    assert found == [1, 0, 1]


def test_a_day_that_a_zone_skipped_is_none(connection: Any) -> None:
    """Samoa had no 30 December 2011."""
    send(connection, "2011-12-28Z", 7199, **{"from": 0, "to": 29})
    window = "'2011-12-28 10:00Z', '2012-01-01 10:00Z'"
    days = ask(connection, f"availability_by('day', 'Pacific/Apia', {window})")
    assert len(days) == 4
    assert sum(day["window_seconds"] for day in days) == 4 * 86400


@pytest.mark.parametrize(
    "zone", ["+05:45", "UTC+5:45", "<x>-5", "Nowhere/Else5", "IST", "Etc/GMT+5", "etc/gmt-14", "GMT0", "EST"]
)
@pytest.mark.parametrize(
    "call", ["availability_by('day', {})", "sla_report(time_zone => {})", "trends(2, {})"]
)
def test_an_offset_is_no_zone(connection: Any, zone: str, call: str) -> None:
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="is not known"):
        ask(connection, call.format(f"'{zone}'"))


def test_unknown_time_is_seen(connection: Any) -> None:
    send(connection, now(1500), 1500, **{"from": 120, "to": 1439, "status": "unknown"})
    (device,) = ask(connection, "availability()")
    assert (device["availability_percent"], device["unknown_seconds"]) == (100, 22 * 3600)
    assert device["coverage_percent"] < 10
    (fleet,) = [row["answer"] for row in ask(connection, "status()") if row["topic"] == "AVAILABILITY"]
    assert "unknown 22 h 0 min" in fleet


def test_of_what_nothing_is_known_the_worst_is_thought(connection: Any) -> None:
    send(connection, now(3000), 3000, **{"device": "blind", "to": 3000, "status": "unknown"})
    send(connection, now(3000), 3000, **{"device": "bad", "from": 100, "to": 600})
    worst = [(row["device_name"], row["place"]) for row in ask(connection, "reliability_ranking()")]
    assert worst[:2] == [("blind", 1), ("bad", 2)]
    (_, blind) = ask(connection, "availability()")
    assert (blind["device_name"], blind["availability_percent"]) == ("blind", None)


def test_a_budget_runs_out_when_it_did_and_never_after_its_window(connection: Any) -> None:
    send(connection, "2026-04-01Z", 34559, **{"device": "d", "from": 34500, "to": 34519})
    send(connection, "2026-04-01Z", 34559, **{"device": "e", "from": 5000, "to": 6000})
    for read in ("2026-04-25Z", "2026-04-24Z"):
        few, many = ask(connection, f"sla_report('2026-04-01Z', '2026-05-01Z', as_of => '{read}')")
        assert few["projected_exhaustion"] is None
        assert many["projected_exhaustion"] == datetime(2026, 4, 4, 18, 32, tzinfo=UTC)


@pytest.mark.parametrize("session", ["UTC", "Europe/Berlin", "Australia/Lord_Howe"])
def test_three_days_are_72_hours_whatever_the_zone_of_the_session(connection: Any, session: str) -> None:
    send(connection, "2026-03-20Z", 12959, **{"from": 8640, "to": 8699})
    connection.execute("select set_config('TimeZone', %s, false)", [session])
    (row,) = ask(connection, "sla_report('2026-03-01Z', '2026-04-01Z', as_of => '2026-03-29 01:00Z')")
    assert row["burn_rate_3d"] == Decimal("1.38")
    (row,) = ask(connection, "sla_report(month => '2026-03', as_of => '2026-03-29 01:00Z')")
    assert (row["period_start"], row["period_end"]) == (
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
    )
    (row,) = ask(
        connection, "sla_report(period => 'last month', time_zone => 'Europe/Berlin', as_of => '2026-04-05Z')"
    )
    assert row["period_start"] == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert row["period_end"] == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_maintenance_goes_first_everywhere(connection: Any) -> None:
    """A planned rebuild of 4 hours, a failure of 5 minutes, and planned work that is under way."""
    start = now(600)
    send(connection, start, 599, **{"from": 60, "to": 299})
    send(connection, start, 600, **{"device": "e", "from": 400, "to": 404, "status": "stuck"})
    send(connection, start, 599, **{"device": "f", "from": 590, "to": 599})
    connection.execute("select incident.add_maintenance('h', %s, %s, 'rebuild')", [now(550), now(290)])
    connection.execute("select incident.add_maintenance('h', %s, %s, 'work', 'f', 'c')", [now(30), now(-60)])
    (response,) = ask(connection, "response_times(now() - interval '1 day')")
    assert (response["incidents"], response["mttr_seconds"], response["waiting"]) == (1, 300, 0)
    (summary,) = ask(connection, "summary")
    assert (summary["active"], summary["unacknowledged"], summary["in_maintenance"]) == (0, 0, 1)
    assert (summary["detected_7d"], summary["average_resolution_minutes"]) == (1, 5)
    assert ask(connection, "announced") == []
    recurring = {row["what"]: row["down_seconds"] for row in ask(connection, "recurring(at_least => 1)")}
    assert (recurring["ffmpeg"], recurring["h, e (c)"]) == (300, 300)
    assert all("incident.acknowledge" not in row["answer"] for row in ask(connection, "status()"))


def test_overlaps_count_once_in_what_keeps_coming_back(connection: Any) -> None:
    """Two devices down all day: one day is lost, not two."""
    for device in ("d", "e"):
        send(connection, "2026-03-01Z", 2879, **{"device": device, "from": 10, "to": 1430})
    window = "'2026-03-01Z', '2026-03-02Z', as_of => '2026-03-02Z'"
    rows = ask(connection, f"recurring({window}, at_least => 1)")
    assert {row["down_seconds"] for row in rows} == {Decimal(1421 * 60)}


def test_a_target_of_100_has_no_budget_and_comes_first(connection: Any) -> None:
    for device in ("a", "b"):
        send(connection, now(1440), 1440, **{"device": device, "from": 1140, "to": 1440})
    connection.execute("select incident.set_policy('h', 'a', 'c', sla_target => 100)")
    rows = connection.execute(
        "select * from incident.sla_report() order by budget_left_percent nulls first, device_name"
    ).fetchall()
    first = rows[0]
    assert (first["device_name"], first["allowed_downtime_seconds"], first["compliant"]) == ("a", 0, False)
    assert first["burn_rate_1h"] == Decimal("Infinity")
    assert first["budget_left_seconds"] == -first["downtime_seconds"]


def test_maintenance_planned_ahead_is_no_part_of_a_budget(connection: Any) -> None:
    send(connection, "2026-04-01Z", 5759)
    connection.execute("select incident.add_maintenance('h', '2026-04-10Z', '2026-04-25Z', 'rebuild')")
    (row,) = ask(connection, "sla_report('2026-04-01Z', '2026-05-01Z', as_of => '2026-04-05Z')")
    assert row["allowed_downtime_seconds"] == 15 * 864


def test_words_never_contradict_the_target(connection: Any) -> None:
    send(connection, "2026-03-01Z", 1439, **{"device": "strict", "from": 700, "to": 700})
    send(connection, "2026-03-01Z", 1439, **{"device": "loose", "from": 700, "to": 760})
    connection.execute("select incident.set_policy('h', 'strict', 'c', sla_target => 99.99)")
    connection.execute("select incident.set_policy('h', 'loose', 'c', sla_target => 95)")
    rows = ask(connection, "sla_report('2026-03-01Z', '2026-03-02Z', as_of => '2026-03-02Z')")
    assert [(row["sla_status"], row["compliant"]) for row in rows] == [("Fair", True), ("Fair", False)]


def test_silence_while_the_database_was_down_is_nobodys(connection: Any) -> None:
    send(connection, now(1500), 1079)
    send(connection, now(1500), 1500, first=1201)
    connection.execute("insert into incident.outage values (%s, %s)", [now(421), now(299)])
    connection.execute("select incident.sweep()")
    (row,) = ask(connection, "availability()")
    assert (row["availability_percent"], row["no_data_seconds"]) == (100, 0)
    assert row["outage_seconds"] == row["unknown_seconds"] == 121 * 60


def test_who_asks_for_a_past_moment_is_told_the_same_before_and_after_a_sweep(connection: Any) -> None:
    send(connection, "2026-03-01Z", 60)
    query = "availability('2026-03-01Z', '2026-03-02Z', as_of => '2026-03-01 01:02:30Z')"
    before = ask(connection, query)
    connection.execute("select incident.sweep()")
    after = ask(connection, query)
    assert before == after
    assert before[0]["up_seconds"] == 3750


def test_failures_are_those_of_the_device_however_they_are_told(connection: Any) -> None:
    """Flapping is told as one incident; it failed 41 times."""
    send(connection, "2026-03-01Z", 1439, **{"from": 300, "to": 420, "every": 3})
    (row,) = ask(connection, "reliability_ranking('2026-03-01Z', '2026-03-02Z', as_of => '2026-03-02Z')")
    assert (row["failures"], row["reason"]) == (41, "down 41 min in 41 failures")


def test_a_reason_ends_where_its_window_does(connection: Any) -> None:
    send(connection, "2026-03-01Z", 4319, **{"from": 300, "to": 4000})
    reasons = {
        ask(connection, f"reliability_ranking('2026-03-02Z', '2026-03-03Z', as_of => '{read}')")[0]["reason"]
        for read in ("2026-03-03Z", "2026-03-04Z")
    }
    assert reasons == {"down 1 d 0 h in 1 failure, still failing"}


def test_nobody_is_late_for_what_nobody_could_know(connection: Any) -> None:
    """A spool delivers three hours late; it is acknowledged at once."""
    send(connection, now(300), 119)
    send(connection, now(180), 180, **{"to": 180})
    connection.execute("select incident.acknowledge(incident_id, operator => 'ana') from incident.active")
    (row,) = ask(connection, "response_times()")
    assert row["mtta_seconds"] < 60


def test_a_clock_ahead_makes_no_negative_time(connection: Any) -> None:
    send(connection, now(176), 180, **{"from": 180, "to": 180})
    connection.execute("select incident.acknowledge(incident_id) from incident.active")
    (active,) = ask(connection, "active")
    assert active["minutes_open"] == 0
    later = "now() - interval '1 day', now() + interval '10 min', as_of => now() + interval '10 min'"
    (row,) = ask(connection, f"response_times({later})")
    assert row["mtta_seconds"] == 0
    assert all("-" not in row["answer"].split("for ")[-1][:3] for row in ask(connection, "status()")[1:2])


def test_a_retired_device_burns_no_budget(connection: Any) -> None:
    """Retired two days ago: from then on it is in no report, and nothing of it is repair."""
    send(connection, now(5000), 2000)
    connection.execute("select incident.sweep()")
    connection.execute("select incident.retire_device('h', 'd', 'c', 'sold', retired_at => %s)", [now(2999)])
    assert ask(connection, "availability()") == []
    assert [row["burn_rate_6h"] for row in ask(connection, "sla_report(period => 'this year')")] == [None]
    (row,) = ask(connection, "availability(now() - interval '30 days')")
    assert (row["availability_percent"], row["window_seconds"]) == (100, 2001 * 60)


def test_a_host_says_since_when_each_thing_is_wrong(connection: Any) -> None:
    """The disk has been full for 3 hours; the host fell silent 10 minutes ago."""
    connection.execute(
        "insert into public.system_metrics (host_name, timestamp, disk_percent)"
        " select 'h', %s::timestamptz - m * interval '1 minute', 95 from generate_series(11, 200) as m",
        [now()],
    )
    send(connection, now(300), 289)
    connection.execute("select incident.sweep()")
    (active,) = ask(connection, "active")
    assert re.fullmatch(
        r"silent for 1[01] min; disk 95 % \(limit 90\) for 3 h 2[01] min", active["reason"]
    ), active
    connection.execute("set role incident_viewer")
    answers = [row["answer"] for row in ask(connection, "status()")]
    assert re.match(r"#1 CRITICAL: host h silent for 1[01] min; disk 95 %", answers[1])
    answers = [row["answer"] for row in ask(connection, f"status('{now(60)}')")]
    assert re.match(
        r"#1 CRITICAL: host h disk 95 % \(limit 90\) for 2 h 20 min, nobody was on it", answers[1]
    )


def test_a_text_on_the_past_does_not_say_now(connection: Any) -> None:
    send(connection, "2026-03-01Z", 2879, **{"from": 1410, "to": 1469})
    said = "\n".join(
        f"{row['topic']} {row['answer']}" for row in ask(connection, "status('2026-03-02 00:00Z')")
    )
    assert not re.search(r"NOW|\bis\b|this month|the last|incident\.acknowledge|runs out", said), said
    assert "THEN 1 active" in said and "nobody was on it" in said and "in 2026-03" in said


def test_a_month_that_can_still_be_kept_does_not_read_as_kept(connection: Any) -> None:
    """An hour lost on the first day: below the target so far, but the month is long."""
    send(connection, "2026-03-01Z", 1439, **{"from": 600, "to": 659})
    said = [row["answer"] for row in ask(connection, "status('2026-03-02 00:00Z')")]
    assert "could still be kept: 95.8333 % in 2026-03, target 99.0 %" in said


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(119, "clock 1 min ahead"), (-359.9, "clock 5 min behind"), (2400, "clock 40 min ahead")],
)
def test_a_clock_is_told_in_whole_minutes_rounded_down(connection: Any, seconds: float, words: str) -> None:
    (row,) = connection.execute(
        "select incident_engine.condition_text('clock', %s::numeric, 300) as words", [seconds]
    ).fetchall()
    assert row["words"] == words


def test_what_is_in_maintenance_throughout_is_neither_best_nor_worst(connection: Any) -> None:
    for device in ("d", "e", "f"):
        send(
            connection,
            "2026-03-01Z",
            1439,
            **{"device": device, "from": 100, "to": 130 if device == "d" else -1},
        )
    connection.execute("select incident.add_maintenance('h', '2026-03-01Z', '2026-03-02Z', 'work', 'e', 'c')")
    window = "'2026-03-01Z', '2026-03-02Z', as_of => '2026-03-02Z'"
    ranked = [
        (row["standing"], row["device_name"]) for row in ask(connection, f"reliability_ranking({window})")
    ]
    assert ranked == [("worst", "d"), ("best", "f")]


def test_the_verdict_of_a_window_does_not_move_after_its_end(connection: Any) -> None:
    """Overspent on the last day of April; asked at its end, two days and a month later."""
    send(connection, "2026-04-01Z", 43199, **{"from": 42000, "to": 42900})
    asked = [
        ask(connection, f"sla_report('2026-04-01Z', '2026-05-01Z', as_of => '{read}')")
        for read in ("2026-05-01Z", "2026-05-03Z", "2026-06-01Z")
    ]
    assert asked[0] == asked[1] == asked[2]
    (row,) = asked[0]
    assert (row["compliant"], row["projected_exhaustion"]) == (
        False,
        datetime(2026, 4, 30, 11, 12, tzinfo=UTC),
    )
