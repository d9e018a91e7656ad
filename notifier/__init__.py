"""Delivers what the database says is due to be told, and decides nothing."""

__version__ = "0.1.0"
