"""Whatever is wrong with the configuration is an error that names it, with exit status 2."""

from __future__ import annotations

import json
import os

import pytest

from db.embedded import REPO
from host_agent import VERSION
from host_agent.__main__ import main
from host_agent.config import ConfigError, load
from tests.agent.studio import Studio, open_to_all

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
    "slash at the end": ('capture_folder = "a"', 'capture_folder = "a/"', "leave out the last slash"),
    "blank at the end": (
        'host_name = "studio"',
        'host_name = "studio "',
        "host_name = 'studio ' must not begin or end with blanks",
    ),
    "path in process": ("[ffmpeg]", '[ffmpeg]\nprocess = "/usr/bin/ffmpeg"', "the program's file name alone"),
    "arguments in process": ("[ffmpeg]", '[ffmpeg]\nprocess = "ffmpeg -i"', "the program's file name alone"),
    "relative spool": ('spool = "', 'spool = "./', "must be a full path, beginning with /"),
    "home folder": ('capture_root = "', 'capture_root = "~', "must be a full path, beginning with /"),
    "an hour between samples": (
        "interval_seconds = 60",
        "interval_seconds = 3600",
        "must be from 0.1 to 900",
    ),
    "a thousand samples a second": ("interval_seconds = 60", "interval_seconds = 0.001", "from 0.1 to 900"),
    "an hour fresh": ("fresh_seconds = 5", "fresh_seconds = 3600", "must be from 0.1 to 900 seconds"),
    "never fresh": ("fresh_seconds = 5", "fresh_seconds = 0.01", "must be from 0.1 to 900 seconds"),
    "full path as pattern": ("[ffmpeg]", '[ffmpeg]\nfiles = ["/a/*.ts"]', "'/a/*.ts' must be a pattern"),
    "any depth": ("[ffmpeg]", '[ffmpeg]\nfiles = ["**/*.ts"]', "'**/*.ts' must be a pattern"),
    "regular expression": ("[ffmpeg]", "[ffmpeg]\nfiles = ['.*\\.ts$']", "'.*\\.ts$' must be a pattern"),
    "ffmpeg's own pattern": ("[ffmpeg]", '[ffmpeg]\nfiles = ["%03d.ts"]', "'%03d.ts' must be a pattern"),
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
    "no time at all": ("interval_seconds = 60", "interval_seconds = 0", "must be from 0.1 to 900 seconds"),
    "not a number": ("interval_seconds = 60", "interval_seconds = nan", "must be from 0.1 to 900"),
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
    studio.configure("a/")
    code, output = studio.run_agent("run")
    assert (code, output.count("\n")) == (2, 1)
    assert output.startswith(f"host-agent: {studio.config}: [[device]] 1: capture_folder = 'a/': leave out")


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


def test_a_byte_order_mark_is_fine_another_encoding_is_named(studio: Studio) -> None:
    studio.configure("a")
    text = studio.config.read_bytes()
    studio.config.write_bytes(b"\xef\xbb\xbf" + text)
    assert load(studio.config).host_name == "studio"
    studio.config.write_bytes(b"# caf\xe9\n" + text)
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load(studio.config)


def test_the_folder_of_the_spool_must_exist(studio: Studio) -> None:
    studio.configure("a")
    spool = studio.root / "no/spool.sqlite3"
    studio.config.write_text(studio.config.read_text().replace(f"{studio.root}/spool.sqlite3", str(spool)))
    message = f"the folder of spool = '{spool}' does not exist. Create it.\n"
    assert studio.run_agent("run") == (2, f"host-agent: {message}")
    code, output = studio.run_agent("check-config", "--offline")
    assert (code, output.endswith(f"host-agent: {studio.config}: {message}")) == (2, True)
    assert not spool.parent.exists()


def test_the_spool_must_be_a_file(studio: Studio) -> None:
    studio.configure("a")
    (studio.root / "spool.sqlite3").mkdir()
    code, output = studio.run_agent("check-config", "--offline")
    assert (code, "is not a file" in output) == (2, True)


def test_check_config_shows_what_each_device_is_doing(studio: Studio) -> None:
    studio.fresh_seconds = 600
    studio.configure("a", "b")
    studio.file("a/x.ts")
    code, output = studio.run_agent("check-config", "--offline")
    assert (code, list(studio.root.glob("spool*"))) == (0, [])
    assert "a: ffmpeg active, monitor stopped\nb: ffmpeg stopped, monitor stopped\n" in output
    assert "warning: [ffmpeg] fresh_seconds = 600: what is dead looks active for that long\n" in output
    assert output.endswith(f"{studio.config} is fine: studio, 2 devices\n")


def test_check_config_finds_folders_that_cannot_serve(studio: Studio) -> None:
    studio.configure("a", "b", "link")
    (studio.root / "b").rmdir()
    (studio.root / "b").write_text("a file")
    (studio.root / "link").rmdir()
    (studio.root / "link").symlink_to("a")
    studio.configure("a", "link", more="")
    studio.config.write_text(studio.config.read_text() + DEVICE.format("b") + DEVICE.format("gone"))
    code, output = studio.run_agent("check-config", "--offline")
    assert code == 2
    assert "capture_folder = 'a' and 'link' are the same folder" in output
    assert f"capture_folder = 'b': cannot read {studio.root}/b: Not a directory" in output
    assert f"capture_folder = 'gone': cannot read {studio.root}/gone: No such file or directory" in output


DEVICE = '[[device]]\ndevice_id = "{0}"\ndevice_name = "TV {0}"\ncapture_folder = "{0}"\n'


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_forbidden_folder_is_named_without_a_traceback(studio: Studio) -> None:
    studio.configure("a")
    open_to_all(studio.root)
    (studio.root / "a").chmod(0o700)
    code, output = studio.run_agent("check-config", "--offline", user="nobody")
    assert code == 2
    assert f"capture_folder = 'a': cannot read {studio.root}/a: Permission denied" in output
    assert "a: ffmpeg unknown, monitor unknown\n" in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    "arguments, code, text",
    [
        (["--version"], 0, f"host-agent {VERSION}\n"),
        (["test"], 2, "invalid choice: 'test'"),
        (["check-config", "nonsense", "5"], 2, "check-config takes nothing more: nonsense 5"),
        (["--log-level", "loud", "once"], 2, "invalid choice: 'loud'"),
    ],
)
def test_version_and_what_is_not_understood(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, text: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == code
    assert text in "".join(capsys.readouterr())


def test_sample_prints_what_would_be_sent(studio: Studio) -> None:
    studio.configure("a")
    studio.file("a/x.ts", -4)
    code, output = studio.run_agent("--log-level", "error", "sample")
    assert (code, list(studio.root.glob("spool*"))) == (0, [])
    rows = json.loads(output)
    assert [row["ffmpeg_status"] for row in rows["system_device_metrics"]] == ["active"]
    (host,) = rows["system_metrics"]
    assert (host["host_name"], host["agent"]["version"]) == ("studio", VERSION)
    assert host["disk_write_mb_per_sec"] is not None
