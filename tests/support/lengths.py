"""How long tests run, and by what luck: INCIDENT_FULL=1 is for all there is, INCIDENT_EXPLORE=1 for examples
that no run before has tried. `make nightly` sets both, .ci/run the first: what passed once passes again.
"""

import os

from hypothesis import settings

FULL = os.environ.get("INCIDENT_FULL") == "1"
EXPLORE = os.environ.get("INCIDENT_EXPLORE") == "1"

settings.register_profile("pg_incident", derandomize=not EXPLORE, database=None)
settings.load_profile("pg_incident")


def examples(at_full_length: int) -> int:
    """Of a property test; `make test`, for which somebody waits, takes a quarter."""
    return at_full_length if FULL else max(at_full_length // 4, 10)
