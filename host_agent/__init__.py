"""The host agent: once a minute it reads the host and its capture folders and inserts rows into PostgreSQL.

config     the TOML file, checked
readings   readings side by side, each with its own time limit
host       load of the host
processes  those of ffmpeg and the monitors, and the folders they write into
devices    what ffmpeg and monitor of each device are doing, told from processes and files
spool      rows not yet stored, kept on disk while the database is away
store      rows into the database
sampler    a sample: what host and devices are doing now
signals    what the agent hears from the system, and tells systemd
rounds     a sample on every minute, into the spool, and from there to the database
check      what check-config finds
__main__   the command line
"""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("pg-incident")
except PackageNotFoundError:  # run from a checkout
    VERSION = "unknown"
