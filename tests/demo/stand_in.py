"""Writes a small file every 0.2 s: `python stand_in.py OUTPUT`. The demo runs copies of it: one called
capture_monitor.py, which writes the monitor's JSON, and one called ffmpeg.py where there is no FFmpeg."""

import itertools
import sys
import time
from pathlib import Path

for number in itertools.count():
    Path(sys.argv[1].replace("%d", str(number % 50))).write_text(f'{{"frame": {number}}}\n')
    time.sleep(0.2)
