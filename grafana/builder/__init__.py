"""Builds grafana/dashboards and the alert rules from grafana/queries: `python -m grafana.builder`."""
