"""Gates of the tree, checked on files alone, no server: what people forget. `make lint` runs them too."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pglast import ast, parse_sql
from pglast.enums import ObjectType
from pglast.parser import scan
from pglast.stream import RawStream

from db.embedded import REPO
from tests.support import manifest

FUNCTIONS = REPO / "functions"
# From left to right, a room may use those before it.
ROOMS = (
    *("policy", "history", "hosts", "incidents", "ingest", "lifecycle", "notify", "reporting"),
    *("upkeep", "audit", "adoption", "sites"),
)

function_files = sorted(str(file.relative_to(FUNCTIONS)) for file in FUNCTIONS.rglob("*") if file.is_file())
migration_files = sorted(file.stem for file in (REPO / "db/migrations").glob("*.sql"))
baseline_files = sorted(
    f"{folder}/{file.name}" for folder in ("types", "tables") for file in (REPO / "db" / folder).iterdir()
)
every_function_file = pytest.mark.parametrize("file", function_files)
every_included_file = pytest.mark.parametrize(
    "file",
    [
        "db/roles.sql",
        "db/comments.sql",
        *(f"db/{file}" for file in baseline_files),
        *(f"db/migrations/{name}.sql" for name in migration_files),
        *(f"functions/{file}" for file in function_files),
    ],
)

# Where any error may be caught: the triggers that must not lose a metric row, and what repairs after them.
FAIL_SAFES = (
    "ingest/on_device_metrics_insert.sql",
    "ingest/fold_host_rows.sql",
    "upkeep/sweep_when_due.sql",
    "upkeep/fold_safely.sql",
    "upkeep/retry_errors.sql",
)

# The statements that a function file may hold, in this order.
RANK = {
    ast.CreateFunctionStmt: 0,
    ast.ViewStmt: 0,
    ast.CommentStmt: 1,
    ast.GrantStmt: 2,
    ast.CreateTrigStmt: 3,
    ast.AlterPolicyStmt: 4,
}


def statements(file: str) -> list[ast.Node]:
    return [raw.stmt for raw in parse_sql((FUNCTIONS / file).read_text())]


def code(text: str) -> str:
    """SQL text without comments, neither -- nor COMMENT ON."""
    text = re.sub(r"(?m)--.*$", "", text)
    return re.sub(r"(?mi)^comment on .*?';\s*$", "", text, flags=re.DOTALL)


def name_of(statement: ast.Node) -> str | None:
    """Name of the function or view that a statement creates."""
    if isinstance(statement, ast.CreateFunctionStmt):
        return statement.funcname[-1].sval
    if isinstance(statement, ast.ViewStmt):
        return statement.view.relname
    return None


def options(function: ast.CreateFunctionStmt) -> dict[str, object]:
    """Options of a function by name; `set` settings under their own names."""
    found = {}
    for option in function.options or ():
        if option.defname == "set":
            found[option.arg.name] = option.arg.args
        else:
            found[option.defname] = option.arg
    return found


# db/migrate.sql includes everything, once, in order


def test_every_function_file_is_included_once_and_every_included_file_exists() -> None:
    assert sorted(manifest.functions()) == function_files


def test_function_files_lie_in_rooms_which_are_included_in_their_order() -> None:
    rooms = [Path(file).parent.as_posix() for file in manifest.functions()]
    assert set(rooms) <= set(ROOMS)
    assert rooms == sorted(rooms, key=ROOMS.index)


def test_every_type_and_table_file_is_included_once_and_named_after_what_it_makes() -> None:
    assert sorted(manifest.baseline()) == sorted(baseline_files)
    for file in baseline_files:
        made = {ast.CompositeTypeStmt: "types", ast.CreateStmt: "tables"}
        first = parse_sql((REPO / "db" / file).read_text())[0].stmt
        name = first.typevar if isinstance(first, ast.CompositeTypeStmt) else first.relation
        assert file == f"{made[type(first)]}/{name.relname}.sql"


def test_every_migration_is_included_once_in_the_order_of_its_number() -> None:
    assert manifest.migrations() == migration_files
    versions = [int(name.split("_")[0]) for name in migration_files]
    assert versions == list(range(1, len(versions) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in migration_files)


def test_nothing_that_a_release_ran_is_edited() -> None:
    frozen = ["db/baseline.sql", "db/types", "db/tables", "db/migrations/*.sql"]
    tags = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=REPO, capture_output=True, text=True, check=False
    )
    for tag in tags.stdout.split():
        edited = subprocess.check_output(
            ["git", "diff", "--name-only", "--diff-filter=a", tag, "--", *frozen], cwd=REPO, text=True
        )
        added = subprocess.check_output(
            ["git", "diff", "--name-only", "--diff-filter=A", tag, "--", *frozen[:3]], cwd=REPO, text=True
        )
        assert edited + added == "", tag


def test_every_pgtap_file_is_collected() -> None:
    lost = [file.name for file in (REPO / "tests/pgtap").rglob("*.sql") if not file.name.startswith("test_")]
    assert lost == []


# Files that migrate.sql includes


@every_included_file
def test_holds_no_transaction_control_and_no_psql_command(file: str) -> None:
    text = (REPO / file).read_text()
    assert not re.search(r"(?m)^\s*\\", text), "psql command"
    control = [raw.stmt for raw in parse_sql(text) if isinstance(raw.stmt, ast.TransactionStmt)]
    assert control == []


@pytest.mark.parametrize("file", [*baseline_files, *(f"migrations/{name}.sql" for name in migration_files)])
def test_tables_and_migrations_use_nothing_from_functions(file: str) -> None:
    """What they call must mean the same for ever; a DROP of what a release replaced is fine."""
    text = (REPO / "db" / file).read_text()
    replaceable = {Path(file).stem for file in function_files}
    for raw in parse_sql(text):
        if isinstance(raw.stmt, ast.DropStmt):
            continue
        statement = code(text[raw.stmt_location :][: raw.stmt_len or None])
        used = set(re.findall(r"\bincident(?:_engine)?\.(\w+)\s*\(", statement))
        tables = set(re.findall(r"\b(?:table|into|references|on)\s+incident(?:_engine)?\.(\w+)", statement))
        assert (used - tables) & replaceable == set()


# Function files: replaceable, named, documented, granted, pinned


@every_function_file
def test_holds_replaceable_statements_only(file: str) -> None:
    for statement in statements(file):
        assert type(statement) in RANK, f"{type(statement).__name__} belongs into a migration"
        assert getattr(statement, "replace", True), "create, but not create or replace"


@every_function_file
def test_holds_one_function_or_view_and_is_named_after_it(file: str) -> None:
    """A verb for one incident and the same for many stand together."""
    names = [name for name in map(name_of, statements(file)) if name]
    assert set(names) == {Path(file).stem}


@every_function_file
def test_order_is_function_comment_grant_trigger(file: str) -> None:
    ranks = [RANK.get(type(statement), 0) for statement in statements(file)]
    assert ranks == sorted(ranks)


@every_function_file
def test_has_a_comment_and_says_who_may_use_it(file: str) -> None:
    kinds = {ObjectType.OBJECT_FUNCTION, ObjectType.OBJECT_PROCEDURE, ObjectType.OBJECT_VIEW}
    found = statements(file)
    assert [one for one in found if isinstance(one, ast.CommentStmt) and one.objtype in kinds], "no COMMENT"
    assert [one for one in found if isinstance(one, ast.GrantStmt)], "no GRANT or REVOKE"


@every_function_file
def test_search_path_is_pinned_and_volatility_stated(file: str) -> None:
    """A body in SQL (begin atomic, return) is bound when it is created and may go without a search_path; what
    commits must."""
    for function in statements(file):
        if isinstance(function, ast.CreateFunctionStmt):
            stated = options(function)
            commits = function.is_procedure and "commit;" in text_of(file)
            assert "search_path" in stated or function.sql_body or commits, "no set search_path"
            assert "volatility" in stated or function.is_procedure, "neither immutable, stable nor volatile"


@every_function_file
def test_what_forbids_the_planner_something_compiles_nothing(file: str) -> None:
    """Before PostgreSQL 18 a forbidden step costs so much that the query is compiled by JIT: a second each
    for queries of a millisecond."""
    text = text_of(file)
    assert not re.search(r"(?m)^set enable_\w+ = off$", text) or "\nset jit = off\n" in text


KEEPS_A_TIME_LIMIT = {
    "ingest/lock_hosts.sql",
    "upkeep/fold_safely.sql",
    "upkeep/retry_errors.sql",
    "upkeep/sweep.sql",
    "upkeep/sweep_all.sql",
}


@every_function_file
def test_logic_uses_the_time_of_the_sample_or_of_the_transaction(file: str) -> None:
    """But for what has to know how long it has waited or worked."""
    found = re.findall(
        r"(?i)\b(clock_timestamp|statement_timestamp|timeofday|current_timestamp)\b", text_of(file)
    )
    assert found == [] or file in KEEPS_A_TIME_LIMIT


@every_function_file
def test_errors_carry_errcode_and_hint(file: str) -> None:
    for error in re.findall(r"(?is)\braise\s+exception\b.*?;\s*$", text_of(file), flags=re.MULTILINE):
        assert re.search(r"(?i)\berrcode\s*=", error), error
        assert re.search(r"(?i)\bhint\s*=", error), error


def test_when_others_stands_in_the_fail_safes_alone_and_keeps_what_happened() -> None:
    for file in function_files:
        for first_word in re.findall(r"(?i)\bwhen\s+others\s+then\s+(\w+)", text_of(file)):
            assert file in FAIL_SAFES
            assert first_word.lower() == "get", "keep SQLSTATE and message: get stacked diagnostics ..."


def text_of(file: str) -> str:
    return code((FUNCTIONS / file).read_text())


# Rooms: who may use whom


def used_by(file: str) -> set[str]:
    """Names that a file's functions and views mention behind incident. or incident_engine., bodies included;
    neither comments nor strings, in which a hint may say what people call."""
    names = set()
    for statement in statements(file):
        if isinstance(statement, ast.CreateFunctionStmt) and not statement.sql_body:
            (body,) = (option.arg for option in statement.options if option.defname == "as")
            names |= qualified_names(body[0].sval)
        elif isinstance(statement, ast.CreateFunctionStmt | ast.ViewStmt):
            names |= qualified_names(RawStream()(statement))
    return names - {Path(file).stem}


def qualified_names(text: str) -> set[str]:
    encoded = text.encode()
    words = [(token.name, encoded[token.start : token.end + 1].decode()) for token in scan(text)]
    words = [(kind, word) for kind, word in words if not kind.endswith("COMMENT")]
    return {
        name
        for (_, schema), (dot, _), (kind, name) in zip(words, words[1:], words[2:], strict=False)
        if schema in ("incident", "incident_engine") and dot == "ASCII_46" and kind != "SCONST"
    }


@every_function_file
def test_a_room_uses_itself_and_those_before_it_alone(file: str) -> None:
    """Where a room must wake a later one, a trigger of the later room does."""
    room, used = ROOMS.index(Path(file).parent.name), used_by(file)
    later = {
        other
        for other in function_files
        if Path(other).stem in used and ROOMS.index(Path(other).parent.name) > room
    }
    assert later == set()


def test_used_names_are_found_in_bodies_and_not_in_strings() -> None:
    text = (
        "begin -- incident.a()\n perform incident.b('incident.c()'); for d in select incident_engine.d; end"
    )
    assert qualified_names(text) == {"b", "d"}


def test_host_agent_and_grafana_know_nothing_of_the_engine() -> None:
    files = [file for folder in ("host_agent", "grafana") for file in (REPO / folder).rglob("*")]
    text_files = [file for file in files if file.suffix in {".py", ".sql", ".json", ".toml"}]
    assert [str(file) for file in text_files if "incident_engine" in file.read_text()] == []


# The tree works anywhere


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        return  # an unpacked release
    here = [
        f"{folder}/" for folder in (REPO, Path.home()) if len(folder.parts) > 2 or folder == Path("/root")
    ]
    naming = []
    for name in filter(None, listed.stdout.split("\0")):
        if (REPO / name).is_file():
            text = (REPO / name).read_text(errors="ignore")
            naming += [f"{name}: {folder}" for folder in here if folder in text]
    assert naming == []
