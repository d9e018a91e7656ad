"""Whatever is wrong with the configuration is an error that names it, with exit status 2."""

from __future__ import annotations

import pytest

from db.embedded import REPO
from host_agent.config import ConfigError, load
from tests.agent.studio import Studio

WRONG = {
    "wrong key": (
        'host_name = "studio"',
        'hostname = "studio"',
        "unknown key 'hostname'; did you mean 'host_name'?",
    ),
    "wrong key of a device": ("device_name", "name", "[[device]] 1: device_name is missing"),
    "wrong key of ffmpeg": (
        "[ffmpeg]",
        "[ffmpeg]\npattern = 1",
        "[ffmpeg]: unknown key 'pattern'; there are: process, files,",
    ),
    "wrong table": ("[ffmpeg]", "[ffmpg]", "unknown key 'ffmpg'; did you mean 'ffmpeg'?"),
    "empty capture_folder": (
        'capture_folder = "a"',
        'capture_folder = ""',
        "[[device]] 1: capture_folder must not be empty",
    ),
    "blank capture_folder": (
        'capture_folder = "a"',
        'capture_folder = " "',
        "capture_folder must not be empty",
    ),
    "unknown capture_folder": ('capture_folder = "a"', 'capture_folder = "unknown"', "'unknown' is reserved"),
    "missing folder": (
        'capture_folder = "a"',
        'capture_folder = "c"',
        "capture_folder = 'c': there is no folder /",
    ),
    "same id": (
        'device_id = "id-b"',
        'device_id = "id-a"',
        "[[device]] 1 and 2 have the same device_id = 'id-a'",
    ),
    "same folder": (
        'capture_folder = "b"',
        'capture_folder = "./a"',
        "capture_folder = 'a' and './a', which are the same",
    ),
    "folder inside another": ('capture_folder = "b"', 'capture_folder = "a/sub"', "one inside the other"),
    "number for a text": ('device_id = "id-a"', "device_id = 1", "device_id = 1 must be a text in quotes"),
    "text for a number": (
        "interval_seconds = 60",
        'interval_seconds = "60"',
        "interval_seconds = '60' must be a number",
    ),
    "no time at all": ("interval_seconds = 60", "interval_seconds = 0", "must be more than 0 seconds"),
    "not a number": ("interval_seconds = 60", "interval_seconds = nan", "must be more than 0 seconds"),
    "true for a number": ("interval_seconds = 60", "interval_seconds = true", "must be a number of seconds"),
    "pattern that climbs": (
        "[ffmpeg]",
        '[ffmpeg]\nfiles = ["../*.ts"]',
        "'../*.ts' must be a pattern like '*.ts'",
    ),
    "no pattern": ("[ffmpeg]", "[ffmpeg]\nfiles = []", "files = [] must be a list of texts"),
    "not TOML": ("host_name =", "host_name", "is not TOML"),
}


@pytest.mark.parametrize("wrong, right_text, message", WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_named(studio: Studio, wrong: str, right_text: str, message: str) -> None:
    studio.configure("a", "b")
    (studio.root / "a/sub").mkdir()
    text = studio.config.read_text()
    assert wrong in text
    studio.config.write_text(text.replace(wrong, right_text))
    with pytest.raises(ConfigError) as error:
        load(studio.config)
    assert message in str(error.value)
    assert str(studio.config) in str(error.value)


def test_device_must_be_a_list_of_tables(studio: Studio) -> None:
    studio.config.write_text("device = 1")
    with pytest.raises(ConfigError, match=r"device = 1 must be tables: \[\[device\]\]"):
        load(studio.config)


def test_the_agent_says_so_and_exits_with_2(studio: Studio) -> None:
    studio.configure("a")
    (studio.root / "a").rmdir()
    code, output = studio.run_agent("run")
    assert code == 2
    assert output.startswith(
        f"host-agent: {studio.config}: [[device]] 1: capture_folder = 'a': there is no folder"
    )


def test_a_missing_file_is_named(studio: Studio) -> None:
    code, output = studio.run_agent("check-config")
    assert (code, output.count("\n")) == (2, 1)
    assert f"{studio.config}: No such file or directory" in output


def test_the_example_is_a_configuration(studio: Studio) -> None:
    """With every line that shows a default taken in."""
    text = (REPO / "host_agent/host-agent.example.toml").read_text()
    text = text.replace("/srv/capture", str(studio.root)).replace("/var/lib/host-agent", str(studio.root))
    for folder in ("capture1", "capture2"):
        (studio.root / folder).mkdir()
    studio.config.write_text(text.replace("# spool", "spool"))
    plain = load(studio.config)
    lines = [
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in text.splitlines()
    ]
    studio.config.write_text("\n".join(lines))
    full = load(studio.config)
    assert (full.ffmpeg, full.monitor, full.devices) == (plain.ffmpeg, plain.monitor, plain.devices)
    assert (full.interval_seconds, plain.interval_seconds, full.host_name) == (60, 60, "studio-1")


def test_the_folder_of_the_spool_must_exist_when_it_is_needed(studio: Studio) -> None:
    studio.configure("a")
    spool = studio.root / "no/spool.sqlite3"
    studio.config.write_text(studio.config.read_text().replace(f"{studio.root}/spool.sqlite3", str(spool)))
    assert studio.run_agent("check-config")[0] == 0
    assert not spool.parent.exists()
    message = f"host-agent: the folder of spool = '{spool}' does not exist. Create it.\n"
    assert studio.run_agent("run") == (2, message)
    assert studio.run_agent("spool") == (2, message)


def test_check_config_shows_what_each_device_is_doing(studio: Studio) -> None:
    studio.fresh_seconds = 600
    studio.configure("a", "b")
    studio.file("a/x.ts")
    code, output = studio.run_agent("check-config")
    assert (code, list(studio.root.glob("spool*"))) == (0, [])
    assert "a: ffmpeg active, monitor stopped\nb: ffmpeg stopped, monitor stopped\n" in output
    assert f"{studio.config} is fine: studio, 2 devices\n" in output
