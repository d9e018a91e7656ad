"""Evaluate an alert rule as Grafana does: its query, the last value of each row, the threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.grafana.frames import Frame

Json = dict[str, Any]


class RuleError(Exception):
    """What makes Grafana's evaluation of the rule fail."""


@dataclass(frozen=True)
class Instance:
    labels: dict[str, str]
    value: float
    firing: bool


def evaluate(rule: Json, frame: Frame) -> list[Instance]:
    """What the rule says of a query's result. An empty list is Grafana's NoData."""
    if len(frame) == 0:
        return []
    numbers = [field for field in frame.fields if field.kind == "number"]
    words = [field for field in frame.fields if field.kind == "text"]
    if len(numbers) != 1:
        raise RuleError(f"exactly one column of numbers, not {[one.name for one in numbers]}")
    if others := [f"{one.name} ({one.kind})" for one in frame.fields if one.kind not in ("number", "text")]:
        raise RuleError(f"neither number nor text: {others}")
    [conditions] = [one["model"]["conditions"] for one in rule["data"] if one["refId"] == rule["condition"]]
    [evaluator] = [one["evaluator"] for one in conditions]
    assert evaluator["type"] == "gt"
    found = []
    for row in range(len(frame)):
        value = numbers[0].values[row]
        if value is None:
            raise RuleError(f"{numbers[0].name} is null")
        labels = {one.name: one.values[row] for one in words if one.values[row] is not None}
        found.append(Instance(labels, value, value > evaluator["params"][0]))
    seen = [tuple(sorted(one.labels.items())) for one in found]
    if len(seen) != len(set(seen)):
        raise RuleError("two rows have the same labels")
    return found
