"""What holds of every command: help with an example, results apart from messages, JSON that parses, two languages."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from jipyo import app
from terminal.screen import language as language_said
from tests.commands.english import english_in
from tests.commands.terminal import PROJECT, Done, jipyo, process
from tests.golden.evaluation import RECORDS, RULEBOOK

pytestmark = pytest.mark.slow

GROUP: Any = typer.main.get_command(app)
FAMILIES = {name: family for name, family in GROUP.commands.items() if hasattr(family, "commands")}
COMMANDS = {
    **{name: one for name, one in GROUP.commands.items() if name not in FAMILIES},
    **{f"{name} {word}": one for name, family in FAMILIES.items() for word, one in family.commands.items()},
}
"""Everything that can be run: words after `jipyo`, one or, in a family, two."""
GOOD_RECORDS = "departments.csv"
HANGUL = re.compile("[가-힣]")


@pytest.fixture
def places(
    tmp_path: Path, releases: Path, release: Path, national: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """What stands for the words in the table below."""
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    (tmp_path / "password").write_text("correct horse battery\n")
    (tmp_path / "password").chmod(0o600)
    (tmp_path / "open").write_text("correct horse battery\n")
    (tmp_path / "open").chmod(0o644)
    Store.open(Settings(state=tmp_path / "state")).close()
    good = tmp_path / "good"
    good.mkdir()
    (good / "departments.csv").write_text("unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\n")
    (tmp_path / "units.csv").write_text("unit_id,name,peer_group,valid_from\nA1,기획과,line,2021-01-01\n")
    (tmp_path / "bad_units.csv").write_text("unit_id,name,peer_group,valid_from\nA1,기획과,line,2021\n")
    (tmp_path / "bad.toml").write_text("[evaluation]\n")
    (tmp_path / "empty").mkdir()
    shutil.copytree(release, tmp_path / "changed" / release.name)
    with (tmp_path / "changed" / release.name / "scores.csv").open("a") as stream:
        stream.write("U99,1,0,0,1,1,1,true,\n")
    (tmp_path / "m.csv").write_text("unit_id,metric,value\nA,m,1\n")
    (tmp_path / "there.zip").write_text("somebody's")
    (tmp_path / "bad.csv").write_text("unit_id,metric,value\nA,m,one\n")
    rules = '[evaluation]\nid = "x"\ntitle = "X"\nyear = 2021\n[score]\naggregation = "arithmetic"\n'
    rules += '[[indicators]]\nid = "m"\nname = "M"\nnumerator = "m"\nweight = 1\npoints = { method = "raw" }\n'
    (tmp_path / "rules.toml").write_text(rules)
    return {
        "RECORDS": str(RECORDS),
        "GOOD": str(good),
        "RULES": str(RULEBOOK),
        "RELEASES": str(releases),
        "RELEASE": str(release),
        "NATIONAL": str(national),
        "CHANGED": str(tmp_path / "changed" / release.name),
        "EMPTY": str(tmp_path / "empty"),
        "BAD_RULES": str(tmp_path / "bad.toml"),
        "OUT": str(tmp_path / "out"),
        "ARCHIVE": str(tmp_path / "out.zip"),
        "BOOK": str(tmp_path / "out.xlsx"),
        "THERE": str(tmp_path / "there.zip"),
        "TABLE": str(tmp_path / "m.csv"),
        "BAD_TABLE": str(tmp_path / "bad.csv"),
        "INDEX": str(tmp_path / "rules.toml"),
        "UNITS": str(tmp_path / "units.csv"),
        "BAD_UNITS": str(tmp_path / "bad_units.csv"),
        "NOWHERE": str(tmp_path / "nowhere"),
        "PASSWORD": str(tmp_path / "password"),
        "OPEN_PASSWORD": str(tmp_path / "open"),
    }


@pytest.fixture
def run(places: dict[str, str]) -> Callable[..., Done]:
    """Run a command line in which words in capitals stand for places."""

    def run_line(line: str, language: str = "en") -> Done:
        return jipyo(*(places.get(word, word) for word in shlex.split(line)), language=language)

    return run_line


ENDS = [
    ("demo OUT", 0),
    ("demo RECORDS", 2),
    ("check GOOD", 0),
    ("check GOOD --rulebook RULES", 0),
    ("check RECORDS", 10),
    ("check RECORDS --rulebook BAD_RULES", 11),
    ("check GOOD --rulebook NOWHERE", 11),
    ("check EMPTY", 12),
    ("key --path", 0),
    ("load UNITS --into GOOD --as departments.csv", 0),
    ("load BAD_UNITS --into GOOD --as departments.csv", 10),
    ("load UNITS --into GOOD", 2),
    ("load NOWHERE --into GOOD --as departments.csv", 12),
    ("alias RECORDS", 0),
    ("alias GOOD", 0),
    ("alias GOOD 기획실 A1 --why renamed", 0),
    ("alias GOOD planning A1", 2),
    ("alias GOOD planning A2 --why renamed", 2),
    ("alias GOOD planning", 2),
    ("alias GOOD --file NOWHERE", 12),
    ("alias GOOD --file TABLE", 12),
    ("recognise RECORDS --rulebook RULES", 0),
    ("recognise GOOD --rulebook RULES --decide analyses A-1 refused --reason late", 2),
    ("recognise GOOD --rulebook RULES --decide nothing A-1 sometimes", 2),
    ("recognise RECORDS --rulebook BAD_RULES", 11),
    ("evaluate GOOD --rulebook RULES --out OUT", 0),
    ("evaluate RECORDS --rulebook RULES --out OUT", 10),
    ("evaluate RECORDS --rulebook BAD_RULES --out OUT", 11),
    ("evaluate EMPTY --rulebook RULES --out OUT", 12),
    ("evaluate GOOD --rulebook RULES", 2),
    ("evaluate GOOD --rulebook RULES --out TABLE", 2),
    ("score TABLE --rulebook INDEX --out OUT", 0),
    ("score BAD_TABLE --rulebook INDEX --out OUT", 12),
    ("score NOWHERE --rulebook INDEX --out OUT", 12),
    ("score EMPTY --rulebook INDEX --out OUT", 12),
    ("score TABLE --rulebook RULES --out OUT", 11),
    ("explain RELEASE U02", 0),
    ("explain RELEASES 데이터과", 0),
    ("explain RELEASE nobody", 2),
    ("explain RELEASE", 2),
    ("robustness RELEASE --draws 20 --seed 0", 0),
    ("robustness NATIONAL --draws 1", 0),
    ("robustness RELEASE --draws 0", 2),
    ("robustness RELEASE --seed -1", 2),
    ("submission NATIONAL", 0),
    ("submission NATIONAL --out OUT", 0),
    ("submission NATIONAL --out TABLE", 2),
    ("submission RELEASE", 2),
    ("export RELEASES --format csv --out ARCHIVE --reason review", 0),
    ("export RELEASE --format parquet --out ARCHIVE --reason review --only scores", 0),
    ("export RELEASE --format xlsx --out BOOK --reason review --only ranking --lang ko", 0),
    ("export RELEASE --format package --out ARCHIVE --reason review", 0),
    ("export RELEASE --format package --out ARCHIVE --reason review --only scores", 2),
    ("export RELEASE --format csv --out ARCHIVE", 2),
    ("export RELEASE --format csv --out THERE --reason review", 2),
    ("export RELEASE --format csv --out THERE --reason review --replace", 0),
    ("export RELEASE --format csv --out BOOK --reason review", 2),
    ("export RELEASE --format csv --out OUT --reason review", 2),
    ("export RELEASE --format csv --out NOWHERE/x.zip --reason review", 2),
    ("export RELEASE --format csv --out EMPTY --reason review", 2),
    ("export RELEASE --format csv --out ARCHIVE --reason review --only nonsense", 2),
    ("export RELEASE --format nonsense --out OUT", 2),
    ("export CHANGED --format csv --out ARCHIVE --reason review", 13),
    ("verify RELEASE", 0),
    ("verify RELEASES", 0),
    ("verify CHANGED", 13),
    ("verify EMPTY", 2),
    ("publish RELEASE", 0),
    ("publish EMPTY", 2),
    ("propose GOOD --file departments.csv --kind aliases", 0),
    ("propose GOOD --file departments.csv", 2),
    ("propose GOOD --kind nonsense", 2),
    ("propose GOOD --file nowhere.csv", 12),
    ("template --list", 0),
    ("template departments --out OUT", 0),
    ("template departments --out TABLE", 2),
    ("template --all OUT", 0),
    ("template nonsense --out OUT", 2),
    ("template", 2),
    ("account add a --role administrator --password-file PASSWORD", 0),
    ("account add a --role administrator --sso https://id.example 1", 0),
    ("account add a --role administrator --sso id.example 1", 2),
    ("account add a --role administrator --sso https://id.example 1 --password-file PASSWORD", 2),
    ("account add a --role administrator --password-file OPEN_PASSWORD", 2),
    ("account add a --role administrator --password-file UNITS", 2),
    ("account add a --role administrator --password-file NOWHERE", 2),
    ("account add a --role administrator", 2),
    ("account add a --role nonsense --password-file PASSWORD", 2),
    ("account add a --role department --password-file PASSWORD", 2),
    ("account add a --password-file PASSWORD", 2),
    ("account list", 0),
    ("account change nobody --inactive", 2),
    ("account password nobody --password-file PASSWORD", 2),
    ("account unlock nobody", 2),
    ("account sessions nobody --end", 2),
    ("account nonsense", 2),
    ("verify", 2),
    ("verify --audit", 0),
    ("verify --audit --head 0", 2),
    ("verify RELEASE --trust UNITS", 2),
    ("verify RELEASE --audit", 0),
    ("account keys", 0),
    ("account key nobody abc", 2),
    ("audit list", 0),
    ("audit export --out OUT", 0),
    ("audit prune --out OUT", 2),
    ("audit nonsense", 2),
    ("backup --out OUT --releases RELEASES", 0),
    ("restore NOWHERE --into OUT", 2),
    ("restore UNITS --into OUT", 12),
    ("sign RELEASE --role evaluator --key NOWHERE", 2),
    ("sign RELEASE --role auditor --key NOWHERE", 2),
    ("key-pair UNITS", 2),
    ("serve --port 0", 2),
    ("nonsense", 2),
    ("check GOOD --nonsense", 2),
]


FOLDERS = [
    "check FOLDER",
    "evaluate FOLDER --rulebook RULES --out OUT",
    "propose FOLDER",
    "propose FOLDER --file units.csv",
    "alias FOLDER",
    "alias FOLDER 기획실 A1 --why renamed",
    "recognise FOLDER --rulebook RULES",
    "recognise FOLDER --rulebook RULES --decide analyses A-1 recognised",
    "load UNITS --into FOLDER",
    "load UNITS --into FOLDER --yes",
    "explain FOLDER U02",
    "robustness FOLDER",
    "submission FOLDER",
    "export FOLDER --format csv --out ARCHIVE --reason review",
    "verify FOLDER",
    "backup --out OUT --releases FOLDER",
    "publish FOLDER",
    "sign FOLDER --role approver --key UNITS",
]
NO_FOLDER = [(line.replace("FOLDER", what), 2) for line in FOLDERS for what in ("NOWHERE", "TABLE")]
"""A folder that is not there, or is a file, is an argument that cannot be meant, to whatever command."""


def test_every_command_that_reads_a_folder_is_in_the_table() -> None:
    names = {"folder", "into", "release"}
    reading = {name for name, command in COMMANDS.items() if names & {one.name for one in command.params}}
    # They make the folder; a backup names it otherwise.
    assert {line.split(" ")[0] for line in FOLDERS} == reading - {"demo", "restore"} | {"backup"}


@pytest.mark.parametrize(("line", "code"), [*ENDS, *NO_FOLDER])
def test_a_command_ends_with_its_documented_code(run: Callable[..., Done], line: str, code: int) -> None:
    done = run(line)
    assert done.code == code, done.err
    if code not in (0, 10):
        assert done.out == ""
        assert done.err.strip()
        assert not HANGUL.search(without_names(done.err))
    elif not line.startswith(("check", "account keys")):  # which have nothing to say here but messages
        assert done.out.strip()


@pytest.mark.parametrize("line", [line for line, code in ENDS if code not in (0, 10)])
def test_a_fault_is_told_in_korean_and_in_no_english(run: Callable[..., Done], line: str) -> None:
    told = without_names(run(line, "ko").err)
    assert HANGUL.search(told)
    assert not english_in(told)


def without_names(messages: str) -> str:
    """Messages without what the records themselves say in Korean."""
    return re.sub(r"'[^']*'|\([^()]*/[^()]*\)", "", messages)


WORDS = "xlsx, csv, parquet, pdf, hwpx, package, evidence, charts"
NO_WORD_OF_THE_OPTION = [
    (
        "export RELEASE --out OUT --format docx",
        "ko",
        f"--format: 'docx'은(는) 쓸 수 없는 말입니다. 쓸 수 있는 것: {WORDS}.",
    ),
    ("export RELEASE --out OUT --format docx", "en", f"--format: 'docx' is not known here. Choose one of: {WORDS}."),
    (
        'export RELEASE --out OUT --format csv --lang "it\'s"',
        "en",
        "--lang: 'it's' is not known here. Choose one of: ko, en.",
    ),
]


@pytest.mark.parametrize(("line", "language", "said"), NO_WORD_OF_THE_OPTION)
def test_a_word_an_option_does_not_know_is_answered_with_those_it_knows(
    run: Callable[..., Done], line: str, language: str, said: str
) -> None:
    done = run(line, language=language)
    assert (done.code, done.out, done.err.strip()) == (2, "", said)


def test_a_department_like_no_other_is_told_without_a_name_that_is_near(run: Callable[..., Done]) -> None:
    assert run("explain RELEASE ㅁㅁㅁ", language="ko").err.endswith(
        "이 공개본에 없습니다. 부서코드나 부서명을 적으세요.\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_and_gives_an_example(command: str) -> None:
    done = jipyo(*command.split(), "--help")
    assert done.code == 0
    assert f"Example: jipyo {command} " in done.out
    assert COMMANDS[command].help.endswith(".")


@pytest.mark.parametrize("name", FAMILIES)
def test_the_help_of_a_family_lists_its_commands(name: str) -> None:
    done = jipyo(name, "--help")
    assert done.code == 0
    assert FAMILIES[name].help.endswith(".")
    for word in FAMILIES[name].commands:
        assert f" {word} " in done.out


def test_the_help_of_all_commands_tells_the_exit_codes() -> None:
    told = " ".join(CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout.split())
    for code in ("0 done", "2 usage", "10 bad input rows", "11 bad rulebook", "12 unreadable file", "13 verification"):
        assert code in told
    for command in GROUP.commands:
        assert f" {command} " in told


JSON = [
    ("check RECORDS --json", {"files", "rejects", "notices"}),
    ("check GOOD --json", {"files", "rejects", "notices"}),
    ("propose GOOD --json", {"proposals"}),
    ("alias GOOD --json", {"undecided"}),
    ("alias GOOD 기획실 A1 --why renamed --json", {"decided"}),
    ("recognise RECORDS --rulebook RULES --json", {"proposals"}),
    ("evaluate RECORDS --rulebook RULES --out OUT --json", {"release", "id", "files", "unknown_names", "notices"}),
    ("score TABLE --rulebook INDEX --out OUT --json", {"release", "id", "files", "unknown_names", "notices"}),
    (
        "explain RELEASE U02 --json",
        {"release", "release_id", "example", "unit", "score", "rank", "ledger", "fed", "double_credit", "nodes"},
    ),
    (
        "robustness RELEASE --draws 20 --json",
        {"release", "release_id", "example", "draws", "seed", "spread", "mean_shift", "units", "without", "means"},
    ),
    (
        "load UNITS --into GOOD --as departments.csv --json",
        {*"file sha256 sha256_before already_loaded loaded kinds before after mended notices".split()},
    ),
    (
        "submission NATIONAL --json",
        {"release", "release_id", "example", "body", "score", "indicators", "bonus", "ledger"},
    ),
    (
        "export RELEASE --format csv --out ARCHIVE --reason review --only scores --json",
        {"path", "sha256", "bytes", "published", "parts"},
    ),
    ("account list --json", {"accounts"}),
    ("audit list --json", {"entries"}),
    ("verify RELEASE --json", {"release", "id", "seal", "files", "signatures"}),
]


@pytest.mark.parametrize(("line", "keys"), JSON)
def test_json_parses_and_is_all_there_is_on_stdout(run: Callable[..., Done], line: str, keys: set[str]) -> None:
    assert json.loads(run(line, "ko").out).keys() == keys


def test_every_command_with_json_is_in_the_table() -> None:
    with_json = {name for name, command in COMMANDS.items() if any("--json" in p.opts for p in command.params)}
    assert with_json == {name for name in COMMANDS for line, _ in JSON if line.startswith(f"{name} ")}


def test_an_evaluation_prints_the_name_of_its_release_alone(run: Callable[..., Done], places: dict[str, str]) -> None:
    done = run("evaluate RECORDS --rulebook RULES --out OUT")
    assert (Path(places["OUT"]) / done.out.strip() / "scores.csv").is_file()
    assert re.fullmatch(r"2021-[0-9a-f]{12}\n", done.out)


def test_every_rejected_row_is_told_with_file_row_and_reason(run: Callable[..., Done]) -> None:
    told = run("check RECORDS").err
    assert (
        "departments.csv, row 15 (departments): valid_to is '2021-02-30', which is not a date such as 2021-03-02."
        in told
    )
    assert "attendance.csv, row 21 (attendance): person is '…'" in told
    assert "not-a-pseudonym" not in told
    rejects = json.loads(run("check RECORDS --json").out)["rejects"]
    assert all(f"{reject['file']}, row {reject['row']} ({reject['kind']}): " in told for reject in rejects)
    korean = run("check RECORDS", "ko").err
    said = "departments.csv, 15행(departments): valid_to 칸의 '2021-02-30'은 날짜(예: 2021-03-02)가 아닙니다."
    assert said in korean


def test_all_faults_of_a_rulebook_are_told_at_once_with_their_lines(
    run: Callable[..., Done], places: dict[str, str]
) -> None:
    rules = RULEBOOK.read_text(encoding="utf-8")
    broken = rules.replace('numerator = "datasets_opened"', 'numerator = "datasets_opend"').replace(
        "total = 100", "total = 90"
    )
    Path(places["BAD_RULES"]).write_text(broken, encoding="utf-8")
    told = run("check GOOD --rulebook BAD_RULES").err.splitlines()
    assert len(told) >= 2
    assert all(re.match(r"bad\.toml, line [0-9]+", line) for line in told)


# What only a process of its own shows -------------------------------------------------------------------------------

FOREIGN = [
    pytest.param({"PYTHONIOENCODING": "ascii", "JIPYO_LANGUAGE": "ko"}, id="a terminal without Hangul"),
    pytest.param({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="the C locale"),
]


@pytest.mark.parametrize("environment", FOREIGN)
def test_a_terminal_that_cannot_show_a_sign_gets_its_escape(release: Path, environment: dict[str, str]) -> None:
    done = process("explain", release, "U02", **environment)
    assert (done.code, "Traceback" in done.err) == (0, False)
    assert "84.09" in done.out


def test_a_name_that_is_no_text_is_told_without_a_traceback(release: Path) -> None:
    done = process("explain", release, b"\xff\xfe\x1b[31m")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err


@pytest.mark.parametrize("more", [("U02", "--json"), ("U09",)], ids=["a long result", "a short one"])
def test_whoever_stops_reading_early_sees_no_error(release: Path, project: Path, more: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [sys.executable, project / "jipyo.py", "explain", release, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


LANGUAGES = [
    ({"JIPYO_LANGUAGE": "ko"}, "ko"),
    ({"JIPYO_LANGUAGE": "en", "LANG": "ko_KR.UTF-8"}, "en"),
    ({"JIPYO_LANGUAGE": "", "LC_ALL": "", "LANG": "ko_KR.UTF-8"}, "ko"),
    ({"JIPYO_LANGUAGE": "", "LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
    ({"JIPYO_LANGUAGE": "", "LC_ALL": "", "LANG": ""}, "en"),
]


@pytest.mark.parametrize(("environment", "language"), LANGUAGES)
def test_messages_follow_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_said() == language


def test_an_evaluation_waits_for_no_database_and_no_spreadsheet_to_be_loaded() -> None:
    told = "import jipyo, sys; print([name for name in sys.argv[1:] if name in sys.modules])"
    heavy = ["sqlalchemy", "alembic", "argon2", "cryptography", "streamlit", "plotly", "uvicorn", "xlsxwriter"]
    done = subprocess.run([sys.executable, "-c", told, *heavy], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
