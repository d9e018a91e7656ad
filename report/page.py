"""One page of HTML: numbers, three plots, a table of the devices, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]

COLOURS = {"ffmpeg": "#c4162a", "monitor": "#e0752d", "silent": "#8e8e8e", "unknown": "#8f3bb8"}
STYLE = """
body { font: 14px/1.45 system-ui, sans-serif; color: #1f2430 }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.sub, figcaption, footer { color: #5b6270; font-size: .85rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)) }
.tiles { gap: .75rem; margin: 1.25rem 0 }
.tile { border: 1px solid #d5d9e0; border-radius: 6px; padding: .6rem .75rem }
.tile b { display: block; font-size: 1.25rem }
.missed { color: #c4162a } .kept { color: #24733f }
figure { margin: 0 } svg { width: 100%; height: auto }
table { border-collapse: collapse; width: 100%; font-size: .85rem }
th, td { text-align: right; padding: .25rem .4rem; border-bottom: 1px solid #e4e7ec }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere }
thead { display: table-header-group } tr { break-inside: avoid } figure, .tiles { break-inside: avoid }
@media print { body { margin: 0; max-width: none; font-size: 11px } @page { margin: 15mm } }
"""
WIDTH, HEIGHT, LEFT, BOTTOM = 720, 180, 84, 24


@dataclass
class Month:
    month: str
    zone: str
    sealed: Row
    lines: list[Row]
    fleet: list[Row]
    devices: list[Row]
    days: list[Row]
    causes: list[Row]
    response: list[Row]
    reliability: list[Row]
    recurring: list[Row]


def percent(value: Any) -> str:
    return "nothing known" if value is None else f"{value} %"


def duration(seconds: Any) -> str:
    """As incident_engine.readable_duration: rounded down to what is shown."""
    if seconds is None:
        return "–"
    sign, left = ("-" if seconds < 0 else ""), int(abs(seconds))
    if left < 60:
        return f"{sign}{left} s"
    if left < 3600:
        return f"{sign}{left // 60} min"
    if left < 86400:
        return f"{sign}{left // 3600} h {left % 3600 // 60} min"
    return f"{sign}{left // 86400} d {left % 86400 // 3600} h"


def tile(title: str, value: str, kind: str = "") -> str:
    return f'<div class="tile">{escape(title)}<b class="{kind}">{escape(value)}</b></div>'


# Plots


def x_of(number: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT) * number / max(count, 1)


def y_of(value: float, low: float, high: float) -> float:
    return (HEIGHT - BOTTOM) * (1 - (value - low) / ((high - low) or 1))


def plot(
    title: str, caption: str, shapes: Sequence[str], marks: Sequence[tuple[float, str]], days: list[str]
) -> str:
    """marks: heights with their labels; every fifth day is named below."""
    lines = [
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4e7ec"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(label)}</text>'
        for y, label in marks
    ]
    names = [
        f'<text x="{x_of(number, len(days)) + 4:.1f}" y="{HEIGHT - 6}">{escape(day)}</text>'
        for number, day in enumerate(days)
        if number % 5 == 0
    ]
    return (
        f'<figure><h2>{escape(title)}</h2><svg viewBox="0 -8 {WIDTH} {HEIGHT + 8}" role="img" font-size="11" '
        f'fill="#1f2430"><title>{escape(title)}</title>{"".join([*lines, *shapes, *names])}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def bar(number: int, count: int, top: float, bottom: float, colour: str, words: str) -> str:
    return (
        f'<rect x="{x_of(number, count) + 2:.1f}" width="{(WIDTH - LEFT) / max(count, 1) - 4:.1f}" '
        f'y="{top:.1f}" '
        f'height="{max(bottom - top, 0):.1f}" fill="{colour}"><title>{escape(words)}</title></rect>'
    )


def availability_plot(found: Month, names: list[str]) -> str:
    known = [
        float(day["availability_percent"]) for day in found.days if day["availability_percent"] is not None
    ]
    target = float(found.fleet[0]["target_percent"])
    low = min([*known, target, 99.0]) - 0.1
    shapes = [
        bar(
            number,
            len(names),
            y_of(float(day["availability_percent"]), low, 100),
            y_of(low, low, 100),
            "#24733f"
            if day["availability_percent"] >= found.fleet[0]["target_percent"]
            else COLOURS["ffmpeg"],
            f"{names[number]}: {day['availability_percent']} %",
        )
        for number, day in enumerate(found.days)
        if day["availability_percent"] is not None
    ]
    goal = y_of(target, low, 100)
    shapes.append(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{goal:.1f}" y2="{goal:.1f}" '
        'stroke="#1f2430" stroke-dasharray="4 3"/>'
    )
    marks = [(y_of(value, low, 100), f"{floor(100 * value) / 100:.2f} %") for value in (low, 100)]
    caption = (
        f"Dashed: the target, {target:g} %. Red: missed. No bar: nothing was known of that day. "
        f"The scale begins at {floor(100 * low) / 100:.2f} %, not at 0."
    )
    return plot("Availability by day", caption, shapes, marks, names)


def cause_plot(found: Month, names: list[str]) -> str:
    by_day: dict[datetime, dict[str, float]] = {}
    for row in found.causes:
        by_day.setdefault(row["bucket_start"], {})[row["component"]] = float(row["down_seconds"])
    stacks = [
        by_day.get(day["bucket_start"], {})
        | {"silent": float(day["no_data_seconds"]), "unknown": float(day["unknown_seconds"])}
        for day in found.days
    ]
    high = max([sum(stack.values()) for stack in stacks] + [1.0])
    shapes = []
    for number, stack in enumerate(stacks):
        below = 0.0
        for cause, colour in COLOURS.items():
            seconds = stack.get(cause, 0.0)
            if seconds:
                words = f"{names[number]}: {cause} {duration(seconds)}"
                top, bottom = y_of(below + seconds, 0, high), y_of(below, 0, high)
                shapes.append(bar(number, len(names), top, bottom, colour, words))
                below += seconds
    legend = ", ".join(f"{cause}: {duration(sum(s.get(cause, 0) for s in stacks))}" for cause in COLOURS)
    caption = f"Summed over the devices ({legend}); where both components failed at once, both are shown."
    marks = [(y_of(value, 0, high), duration(value)) for value in (0, high)]
    return plot("Downtime by cause", caption, shapes, marks, names)


def burn_down_plot(found: Month, names: list[str]) -> str:
    allowed = float(found.fleet[0]["allowed_downtime_seconds"])
    left = [allowed]
    for day in found.days:
        left.append(left[-1] - float(day["down_seconds"] + day["no_data_seconds"]))
    low, high = min([*left, 0.0]), max(allowed, 1.0)
    points = " ".join(
        f"{x_of(n, len(names)):.1f},{y_of(value, low, high):.1f}" for n, value in enumerate(left)
    )
    zero = y_of(0, low, high)
    shapes = [
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="#c4162a"/>',
        f'<polyline points="{points}" fill="none" stroke="#1f60c4" stroke-width="2"/>',
    ]
    marks = [(y_of(value, low, high), duration(value)) for value in sorted({low, 0.0, high})]
    return plot(
        "Error budget, burning down", "What was left at the end of each day; red: none.", shapes, marks, names
    )


# The page


def device_table(found: Month) -> str:
    heads = [
        "Device",
        "Availability",
        "Target",
        "Down",
        "Silent",
        "Unknown",
        "Maintenance",
        "Failures",
        "Budget left",
    ]
    rows = []
    for row in found.devices:
        kind = {True: "kept", False: "missed"}.get(row["compliant"], "")
        cells = [
            f"{row['host_name']}, {row['device_name']} ({row['capture_folder']})",
            percent(row["availability_percent"]),
            f"{row['target_percent']} %",
            duration(row["down_seconds"]),
            duration(row["no_data_seconds"]),
            duration(row["unknown_seconds"]),
            duration(row["maintenance_seconds"]),
            str(row["failures"]),
            duration(row["budget_left_seconds"]),
        ]
        rows.append(
            "<tr>"
            + "".join(
                f'<td class="{kind if n == 1 else ""}">{escape(cell)}</td>' for n, cell in enumerate(cells)
            )
            + "</tr>"
        )
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def page(found: Month) -> str:
    zone = ZoneInfo(found.zone)
    title = f"Report for {found.month}"
    if not found.fleet:
        return document(title, f"<h1>{escape(title)}</h1><p>No device was in service.</p>")
    (fleet,), response, reliability = found.fleet, found.response, found.reliability
    names = [f"{day['bucket_start'].astimezone(zone):%d}" for day in found.days]
    verdict = {True: ("kept", "kept"), False: ("NOT KEPT", "missed")}.get(
        fleet["compliant"], ("nothing known", "")
    )
    tiles = [
        tile("Availability", percent(fleet["availability_percent"])),
        tile(f"Target {fleet['target_percent']} %", *verdict),
        tile("Of which known", percent(fleet["coverage_percent"])),
        tile("Lost", duration(fleet["downtime_seconds"])),
        tile("Budget left", duration(fleet["budget_left_seconds"])),
        *(tile("Incidents", str(row["incidents"])) for row in response),
        *(tile("MTTA", duration(row["mtta_seconds"])) for row in response),
        *(tile("MTTR", duration(row["mttr_seconds"])) for row in response),
        *(tile("MTBF", duration(row["mtbf_seconds"])) for row in reliability),
        tile("Devices", str(fleet["devices"])),
    ]
    causes = "".join(
        f"<tr><td>{escape(row['what'])}</td><td>{row['incidents']}</td><td>{duration(row['down_seconds'])}</td></tr>"
        for row in found.recurring
    )
    sealed = found.sealed
    parts = [
        f'<h1>{escape(title)}</h1><p class="sub">{sealed["start"].astimezone(zone):%d %B %Y} up to '
        f"{sealed['end'].astimezone(zone):%d %B %Y}, {escape(found.zone)}</p>",
        f'<div class="tiles">{"".join(tiles)}</div>',
        availability_plot(found, names),
        cause_plot(found, names),
        burn_down_plot(found, names),
        f"<h2>Devices, the worst first</h2>{device_table(found)}",
        "<h2>What keeps coming back</h2><table><thead><tr><th>Root cause</th><th>Incidents</th>"
        f"<th>Lasted</th></tr></thead><tbody>{causes}</tbody></table>"
        if causes
        else "",
        f"<footer><p>Sealed as report {sealed['report_id']} on "
        f"{sealed['sealed_at'].astimezone(zone):%Y-%m-%d %H:%M} by {escape(sealed['sealed_by'])}; "
        f"SHA-256 {sealed['digest']}. Percentages are rounded down. Maintenance is in no number but its own; "
        " silence counts against availability, unknown time does not.</p></footer>",
    ]
    return document(title, "\n".join(parts))


def document(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body>\n{body}\n</body></html>\n"
    )
