"""What the tests share: servers and databases, psql, schema dumps, metric rows."""
