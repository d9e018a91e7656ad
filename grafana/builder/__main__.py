"""Write the dashboards and the alert rules: `python -m grafana.builder` (`make dashboards`)."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from grafana.builder import alert_rules, hosts, incident, incidents_now, reliability

GRAFANA = Path(__file__).parents[1]
HEADER = "# Written by `make dashboards` from grafana/queries/alerts and grafana/builder/alert_rules.py.\n"


class Dumper(yaml.SafeDumper):
    """SQL as a block of lines, everything in full."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


Dumper.add_representer(str, _string)


def files() -> dict[Path, str]:
    """Path of each file, and what it should hold."""
    built = {
        "incidents-now": incidents_now.build(),
        "incident": incident.build(),
        "hosts": hosts.build(),
        "reliability": reliability.build(),
    }
    rules = alert_rules.build(built["incidents-now"], built["reliability"])
    return {
        GRAFANA / f"dashboards/{name}.json": json.dumps(one, indent=2, ensure_ascii=False) + "\n"
        for name, one in built.items()
    } | {
        GRAFANA / "provisioning/alerting/rules.yaml": HEADER
        + yaml.dump(rules, Dumper=Dumper, sort_keys=False, width=1000, allow_unicode=True)
    }


def main() -> None:
    for file, text in files().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        print(f"wrote {file.relative_to(GRAFANA.parent)}")


if __name__ == "__main__":
    main()
