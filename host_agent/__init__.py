"""The host agent: once a minute it reads the host and its capture folders and inserts rows into PostgreSQL.

config    the TOML file, checked
host      load of the host
devices   what ffmpeg and monitor of each device are doing, told from processes and files
spool     rows not yet stored, kept on disk while the database is away
store     rows into the database
rounds    a sample on every minute, into the spool, and from there to the database
__main__  the command line
"""
