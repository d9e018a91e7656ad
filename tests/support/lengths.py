"""How long tests run: INCIDENT_FULL=1, in `make nightly`, is for all there is."""

import os

FULL = os.environ.get("INCIDENT_FULL") == "1"


def examples(at_full_length: int) -> int:
    """Of a property test; `make test`, for which somebody waits, takes a quarter."""
    return at_full_length if FULL else max(at_full_length // 4, 10)
