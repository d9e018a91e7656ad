"""Incidents are a function of the samples: whatever order rows arrive in, late, twice or in bulk."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.property.replay import check
from tests.property.scenarios import RARE, Scenario, scenarios
from tests.support.lengths import examples

COMMON = {
    "deadline": None,
    "report_multiple_bugs": False,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
seeds = st.lists(st.integers(0, 2**32), min_size=1, max_size=2)


@settings(max_examples=examples(80), **COMMON)
@given(scenario=scenarios(), seeds=seeds)
def test_every_order_of_arrival_gives_what_the_oracle_says(
    connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]
) -> None:
    check(connection, scenario, seeds)


def test_so_does_what_is_rare_by_chance(connection: psycopg.Connection[Any]) -> None:
    for scenario in RARE.values():
        check(connection, scenario, seeds=[1, 2])


@pytest.mark.nightly
@settings(max_examples=1500, **COMMON)
@given(scenario=scenarios(), seeds=seeds)
def test_every_order_of_arrival_gives_what_the_oracle_says_at_length(
    connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]
) -> None:
    check(connection, scenario, seeds)
