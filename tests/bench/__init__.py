"""Benchmarks, one a module, run by name: `make bench ARGS="ingest replay sweep"`."""
