"""Delivers a scenario to a database and compares what became of it with the oracle."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from tests.property import oracle
from tests.property.oracle import COMPONENTS, FOREVER, NEVER, Actions, Anchor, Incident, Sample, State
from tests.property.scenarios import Action, Batch, Key, Phase, Row, Scenario, Sweep, in_order, shuffled
from tests.support.rows import insert

ILLEGAL_TRANSITION = "IN001"
Arrival = Callable[[Phase], Iterable[Batch | Sweep]]


@dataclass
class Done:
    """An operator's action as it was accepted."""

    verb: str
    incident_id: int
    at: datetime


class WorkedOn(NamedTuple):
    """An incident that somebody has acted on: its component, and what it was then."""

    component: tuple[Key, str]
    anchor: Anchor


@dataclass
class Replay:
    """One delivery of a scenario, with what is known about it outside of the database."""

    connection: psycopg.Connection[Any]
    scenario: Scenario
    arrivals: dict[Key, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    actions: dict[tuple[Key, str], Actions] = field(default_factory=lambda: defaultdict(Actions))
    swept_to: datetime = NEVER
    done: list[Done] = field(default_factory=list)
    worked_on: dict[int, WorkedOn] = field(default_factory=dict)

    def run(self, arrival: Arrival) -> None:
        """Deliver everything; after each phase, and at the end, all must be as the oracle says."""
        self.set_policy()
        for phase in self.scenario.phases:
            for step in arrival(phase):
                if isinstance(step, Batch):
                    self.insert(step.rows)
                else:
                    self.sweep(step.at)
            self.check_history()
            self.check_incidents()
            for action in phase.actions:
                self.act(action)
            self.check_incidents()
        self.check_what_people_did()
        self.check_timeline()
        self.expect_nothing("select rule, detail from incident.check_invariants()")
        digest = self.digest()
        self.expect_nothing("select * from incident.rebuild()")
        assert self.digest() == digest

    # What happens

    def settle(self) -> None:
        """After everything that happens: nothing went wrong, and each incident is still the one it was."""
        self.expect_nothing("select sqlstate, message, context from incident_engine.error")
        self.check_numbers()

    def set_policy(self) -> None:
        standard, *scopes = [scope.settings() for scope in self.scenario.policy]
        with self.connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("update incident.policy set ({}) = row ({}) where host_name is null").format(
                    sql.SQL(", ").join(map(sql.Identifier, standard)),
                    sql.SQL(", ").join(map(sql.Placeholder, standard)),
                ),
                standard,
            )
            for scope in scopes:
                cursor.execute(
                    sql.SQL("insert into incident.policy ({}) values ({})").format(
                        sql.SQL(", ").join(map(sql.Identifier, scope)),
                        sql.SQL(", ").join(map(sql.Placeholder, scope)),
                    ),
                    scope,
                )

    def insert(self, rows: Iterable[Row]) -> None:
        insert(self.connection, [row.columns() for row in rows], on_conflict="do nothing")
        # All is one transaction: of a device registered in it every row would be folded, whatever it says.
        self.connection.execute("update incident.device set registered_at = '-infinity'")
        for row in rows:
            self.arrivals[row.key].append(row.sample)
        self.settle()

    def sweep(self, at: datetime) -> None:
        self.connection.execute("select incident.sweep(%s)", [at])
        self.swept_to = max(self.swept_to, at)
        self.settle()

    def act(self, action: Action) -> None:
        """Act on an incident of the component, if what is wanted is legal for it."""
        found = self.fetch(
            """
            select incident_id, detected_at, resolved_at from public.system_incident
            where (host_name, device_name, capture_folder, component) = (%s, %s, %s, %s)
                and retracted_at is null
            order by detected_at desc
            """,
            [*action.key, action.component],
        )
        if action.back >= len(found):
            return
        incident = found[action.back]
        at = max(action.at, incident["detected_at"], incident["resolved_at"] or NEVER)
        note = sql.SQL("note => 'because', " if action.verb == "comment" else "")
        call = sql.SQL("select incident.{}({}, {}operator => 'ada', acted_at => {})").format(
            sql.Identifier(action.verb), incident["incident_id"], note, at
        )
        try:
            with self.connection.transaction():
                self.connection.execute(call)
        except psycopg.Error as error:
            if error.sqlstate == ILLEGAL_TRANSITION:
                return
            raise
        self.done.append(Done(action.verb, incident["incident_id"], at))
        self.worked_on.setdefault(
            incident["incident_id"],
            WorkedOn(
                (action.key, action.component),
                Anchor(
                    incident["detected_at"],
                    min(at, incident["resolved_at"] or FOREVER),
                    incident["resolved_at"] or FOREVER,
                ),
            ),
        )

        known = self.actions[action.key, action.component]
        if action.verb == "resolve":
            known.resolved.add(at)
            worked = self.worked_on[incident["incident_id"]]
            self.worked_on[incident["incident_id"]] = worked._replace(anchor=worked.anchor.ended(at))
        if action.verb == "reopen":
            known.resolved = {before for before in known.resolved if before < incident["detected_at"]}
            known.closed = {before for before in known.closed if before < incident["detected_at"]}
            known.reopened.add(at)
        if action.verb == "close":
            known.closed.add(at)
        self.settle()

    # What must have become of it

    def told_history(self, key: Key) -> list[State]:
        samples = oracle.samples_that_stand(self.arrivals[key])
        return oracle.history(samples, self.scenario.policy_of(key), self.swept_to)

    def told_incidents(self, key: Key) -> list[Incident]:
        samples = oracle.samples_that_stand(self.arrivals[key])
        states = self.told_history(key)
        policy = self.scenario.policy_of(key)
        return sorted(
            incident
            for component in COMPONENTS
            for incident in oracle.incidents(samples, states, component, self.actions[key, component], policy)
        )

    def check_history(self) -> None:
        found = defaultdict(list)
        for row in self.fetch(
            """
            select host_name, device_name, capture_folder, started_at, nullif(ended_at, 'infinity'),
                ffmpeg_status, monitor_status
            from incident.device_state order by started_at
            """
        ):
            *key, start, end, ffmpeg, monitor = row.values()
            found[Key(*key)].append(State(start, end or FOREVER, ffmpeg, monitor))
        self.compare(found, {key: self.told_history(key) for key in self.arrivals})

    def check_incidents(self) -> None:
        found = {key: [] for key in self.arrivals}
        for row in self.fetch(
            """
            select host_name, device_name, capture_folder, component, detected_at, resolved_at,
                severity, detected_severity, severity_since, engine_reopen_count as reopen_count, reopened_at
            from public.system_incident where retracted_at is null and component <> 'system'
            order by component, detected_at
            """
        ):
            *key, resolved_at, reopened_at = (
                row.pop(name) for name in (*Key._fields, "resolved_at", "reopened_at")
            )
            found[Key(*key)].append(
                Incident(**row, resolved_at=resolved_at or FOREVER, reopened_at=reopened_at or NEVER)
            )
        self.compare(found, {key: self.told_incidents(key) for key in self.arrivals})

    def check_numbers(self) -> None:
        """What people worked on is the failure that it was, whatever arrived in between."""
        found = defaultdict(list)
        for row in self.fetch(
            """
            select incident_id, host_name, device_name, capture_folder, component
            from public.system_incident where retracted_at is null
            order by detected_at
            """
        ):
            found[Key(*(row[name] for name in Key._fields)), row["component"]].append(row["incident_id"])
        anchors = defaultdict(dict)
        for number, known in self.worked_on.items():
            anchors[known.component][number] = known.anchor
        for (key, component), of_component in anchors.items():
            told = [incident for incident in self.told_incidents(key) if incident.component == component]
            carriers = oracle.carriers(told, of_component)
            numbers = found[key, component]
            expected = {place: holders[0] for place, holders in carriers.items()}
            assert {
                place: number for place, number in enumerate(numbers) if number in of_component
            } == expected, f"{key} {component}: {numbers} are {told}; {of_component}"

    def check_what_people_did(self) -> None:
        """Acknowledgements, comments and closures are still there, on incidents that were not taken back."""
        kept = {row["incident_id"]: row for row in self.fetch("select * from public.system_incident")}
        acknowledged = {}
        closed = {}
        for done in self.done:
            if done.verb == "acknowledge":
                acknowledged.setdefault(done.incident_id, done.at)
            if done.verb == "close":
                closed[done.incident_id] = done.at
            if done.verb == "reopen":
                closed.pop(done.incident_id, None)
        for number, at in closed.items():
            row = kept[number]
            assert row["closed_by"] == "ada"
            if row["resolved_at"]:
                assert (row["status"], row["closed_at"]) == ("closed", at)
        assert {number: row["acknowledged_at"] for number, row in kept.items() if row["acknowledged_at"]} == (
            acknowledged
        )
        entries = self.fetch(
            "select incident_id, happened_at from incident.timeline where event = 'commented'"
        )
        assert sorted((row["incident_id"], row["happened_at"]) for row in entries) == sorted(
            (done.incident_id, done.at) for done in self.done if done.verb == "comment"
        )

    def check_timeline(self) -> None:
        """The timeline alone tells what each incident is now, so no change of it went unrecorded."""
        told: dict[int, dict[str, Any]] = defaultdict(dict)
        for entry in self.fetch("select * from incident.timeline order by entry_id"):
            what = told[entry["incident_id"]]
            match entry["event"]:
                case "detected":
                    what |= {
                        "detected_at": entry["happened_at"],
                        "severity": entry["to_value"],
                        "status": "open",
                    }
                    what |= {"resolved_at": None}
                case "severity_changed":
                    assert what["severity"] == entry["from_value"]
                    what["severity"] = entry["to_value"]
                case "resolved":
                    what |= {"resolved_at": entry["happened_at"], "status": entry["to_value"]}
                case "acknowledged" | "closed":
                    assert what["status"] == entry["from_value"]
                    what["status"] = entry["to_value"]
                case "retracted":
                    what |= {
                        "resolved_at": what["resolved_at"] or what["detected_at"],
                        "status": entry["to_value"],
                    }
                case "reopened":
                    assert what["status"] == entry["from_value"]
                    what |= {"resolved_at": None, "status": entry["to_value"]}
                case "corrected":
                    name, was = entry["from_value"].split()
                    assert what[name] == datetime.fromisoformat(was)
                    what[name] = datetime.fromisoformat(entry["to_value"].split()[1])
        rows = self.fetch(
            "select incident_id, detected_at, resolved_at, severity, status from public.system_incident"
        )
        assert dict(told) == {row.pop("incident_id"): row for row in rows}

    @staticmethod
    def compare(found: dict[Key, list[Any]], expected: dict[Key, list[Any]]) -> None:
        assert found.keys() == expected.keys()
        for key, of_device in expected.items():
            assert found[key] == of_device, f"{key}\nfound    {found[key]}\nexpected {of_device}"

    def digest(self) -> list[dict[str, Any]]:
        """History and incidents, without the numbers that depend on the order of arrival."""
        return self.fetch(
            """
            select to_jsonb(s) as what from incident.device_state as s
            union all
            select to_jsonb(i) - '{incident_id, incident_uuid}'::text[] from (
                select host_name, device_name, capture_folder, component, detected_at, resolved_at,
                    severity, detected_severity, severity_since, total_duration_minutes, description,
                    engine_reopen_count, reopened_at, flapping_since, acknowledged_at, acknowledged_by,
                    closed_at
                from public.system_incident where retracted_at is null
            ) as i
            union all
            select to_jsonb(d) - 'registered_at' from incident.device as d
            order by what
            """
        )

    def expect_nothing(self, query: str) -> None:
        found = self.fetch(query)
        assert not found, f"{query}: {found}"

    def fetch(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, parameters).fetchall()


def check(connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]) -> None:
    """The scenario in its own order and shuffled by each seed: equal to the oracle, and to each other."""
    expected: list[dict[str, Any]] | None = None
    for arrival in (in_order, *(partial(shuffled, chance=random.Random(seed)) for seed in seeds)):
        replay = Replay(connection, scenario)
        try:
            replay.run(arrival)
            digest = replay.digest()
        finally:
            connection.rollback()
        expected = digest if expected is None else expected
        assert digest == expected, [
            (one, other) for one, other in zip_longest(digest, expected) if one != other
        ]
