"""Dashboards, alert rules and their queries."""
