"""The command line: exit status, what goes where, and a quick start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import kamsim
from kamsim.cli import main


def run(*arguments, given="", **options):
    """A command in a process of its own: (status, standard output, standard error)."""
    done = subprocess.run(
        [sys.executable, "-m", "kamsim", *map(str, arguments)],
        input=given, capture_output=True, text=True, encoding="utf-8", check=False, **options,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_version_is_told():
    status, out, _ = run("--version")
    assert status == 0 and out == f"kamsim {kamsim.__version__}\n"


def test_importing_kamsim_loads_nothing_heavy():
    heavy = ["numpy", "pydantic", "yaml", "click", "rich", "platformdirs"]
    code = f"import sys, kamsim; dir(kamsim); sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_line_itself_loads_nothing_heavy():
    code = "import sys, kamsim.cli; sys.exit(any(name in sys.modules for name in ('numpy', 'pydantic', 'yaml')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_public_names_are_there():
    assert all(getattr(kamsim, name) is not None for name in kamsim.__all__)
    assert set(kamsim.__all__) <= set(dir(kamsim))
    with pytest.raises(AttributeError, match="nonsense"):
        kamsim.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["play", "--seed", "x"], ["play", "--seed", "-1"], ["run", "halden"], ["check"], ["replay"],
     ["play", "halden", "--resume", "x.jsonl"], ["run", "halden", "--policy", "steady", "--seeds", "0"]],
)  # fmt: skip
def test_wrong_usage_is_2(arguments, capsys):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err


@pytest.mark.parametrize(
    "arguments",
    [["play", "nowhere"], ["run", "nowhere", "--policy", "steady"], ["run", "halden", "--policy", "nobody"],
     ["replay", "nowhere.jsonl"], ["play", "--resume", "nowhere.jsonl"], ["play", "halden", "--quarters", "99"]],
)  # fmt: skip
def test_input_at_fault_is_1_and_one_sentence(arguments, capsys, tmp_path):
    extra = ["--log-dir", str(tmp_path)] if arguments[0] == "play" else []
    assert main([*arguments, *extra]) == 1
    out, err = capsys.readouterr()
    assert out == "" and len(err) > 10 and "Traceback" not in err


def test_check_names_file_line_and_column(tmp_path, capsys):
    broken = tmp_path / "scenario.yaml"
    broken.write_text("format: 1\nid: broken\ntitel: Oops\n", encoding="utf-8")
    assert main(["check", str(broken)]) == 1
    out, _ = capsys.readouterr()
    assert f"{broken}:3:1: " in out or f"{broken.name}:3:1: " in out
    assert main(["check", "--json", str(broken), "halden"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["errors"] >= 1 and len(data["scenarios"]) == 2


def test_check_of_what_is_shipped_is_fine(capsys):
    assert main(["check", "halden"]) == 0
    assert "Halden Drives" in capsys.readouterr().out


def test_run_prints_years_and_writes_logs_that_replay(tmp_path, capsys):
    arguments = ["run", "halden", "--policy", "steady", "--seeds", "2", "--quarters", "8", "--logs", str(tmp_path)]
    assert main([*arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert [year["year"] for year in data["years"]] == [1, 2] and len(data["logs"]) == 2 and "1 of 2" in err
    for log in data["logs"]:
        assert main(["replay", log]) == 0
        assert "sound" in capsys.readouterr().out
    assert main(["replay", data["logs"][0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert main(arguments[:-2]) == 0
    assert "Share of wallet" in capsys.readouterr().out


def test_a_changed_log_is_named(tmp_path, capsys):
    main(["run", "halden", "--policy", "do_nothing", "--seeds", "1", "--quarters", "8", "--logs", str(tmp_path)])
    log = next(tmp_path.glob("*.jsonl"))
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("1", "2", 1)
    log.write_text("".join(lines), encoding="utf-8")
    capsys.readouterr()
    assert main(["replay", str(log)]) == 1
    out, _ = capsys.readouterr()
    assert "Traceback" not in out and len(out) > 20


def test_a_script_on_standard_input_plays(tmp_path):
    status, out, err = run(
        "play", "--seed", 3, "--text", "--log-dir", tmp_path, given="# notes\nskip\nskip\nskip\nend\nyes\n"
    )
    assert status == 0 and err == ""
    assert "Q1 2026 IS CLOSED" in out and "--resume" in out


def test_a_display_gets_a_sentence_on_standard_error(tmp_path):
    import os

    environment = {**os.environ, "DISPLAY": ":0"}
    _, out, err = run("play", "--seed", 3, "--log-dir", tmp_path, env=environment)
    assert "text session" in err and "text session" not in out


def test_a_terminal_without_the_euro_sign_is_served(tmp_path):
    import os

    done = subprocess.run(
        [sys.executable, "-m", "kamsim", "play", "--seed", "3", "--text", "--log-dir", str(tmp_path)],
        input=b"skip\nskip\nskip\n", capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0 and b"EUR 2.98m" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell's pipe")
def test_a_reader_who_leaves_is_no_error(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "kamsim", "play", "--seed", "3", "--text", "--log-dir", str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"skip\nskip\nskip\n" + b"help\nnotes\n" * 400)
    process.stdin.close()
    assert process.wait() in (0, 141)
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


BOT = """
import dataclasses

@dataclasses.dataclass
class Quiet:
    name: "str" = "quiet one"

    def play(self, seat):
        seat.do("set_rhythm", account="orvik", rhythm="light")

class Choosy(Quiet):
    def __init__(self, how):
        self.how = how
"""


def test_a_policy_of_your_own_runs(tmp_path, capsys):
    """A class in a Python file plays the seeds and the logs, which replay."""
    (tmp_path / "bot.py").write_text(BOT, encoding="utf-8")
    arguments = ["run", "halden", "--policy", f"{tmp_path / 'bot.py'}:Quiet", "--seeds", "1", "--quarters", "8"]
    assert main([*arguments, "--logs", str(tmp_path / "logs"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["policy"] == "quiet one"
    assert main(["replay", data["logs"][0]]) == 0


@pytest.mark.parametrize(
    ("named", "said"),
    [("bot.py:Nobody", "classes with a method play are Quiet, Choosy"), ("bot.py", "name the class too"),
     ("none.py:Quiet", "there is no file"), ("broken.py:Quiet", "cannot be run: ZeroDivisionError"),
     ("torn.py:Quiet", "cannot be run: SyntaxError"), ("bot.py:Choosy", "cannot be made: TypeError"),
     ("bot.py:dataclasses", "there is no class"), ("plain.py:Plain", "has not a name"), ("bot:Quiet", "there is no policy")],
)  # fmt: skip
def test_a_policy_that_cannot_be_had_is_told(named, said, tmp_path, capsys, monkeypatch):
    """One sentence, exit status 1, whatever is wrong with the user's file."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"bot": BOT, "broken": "1 / 0", "torn": "def (", "plain": "class Plain: pass"}.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert main(["run", "halden", "--policy", named, "--seeds", "1"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and said in err and "Traceback" not in err and err.count("\n") == 1


def test_a_policy_of_your_own_is_in_the_help(capsys):
    assert main(["run", "--help"]) == 0
    out = capsys.readouterr().out
    assert "FILE.py:CLASS" in out and "trust" in out


def test_a_number_in_words_is_answered_in_words(capsys):
    """What a number may be is said without jargon; usage errors stay status 2."""
    for arguments, said in (
        (
            ["run", "halden", "--policy", "steady", "--seeds", "ten"],
            "give a whole number from 1 to 10000000, not 'ten'",
        ),
        (["run", "halden", "--policy", "steady", "--seeds", "0"], "give a whole number from 1 to 10000000, not '0'"),
        (["run", "halden", "--policy", "steady", "--quarters", "x"], "give a whole number from 1 up, not 'x'"),
        (["play", "--seed", "-1"], "give a whole number from 0 to"),
    ):
        assert main(arguments) == 2
        err = capsys.readouterr().err
        assert said in err and "range" not in err


def test_quarters_outside_a_scenario_are_explained(tmp_path, capsys):
    """Before anything is played: what may be given, and why a log needs more."""
    arguments = ["run", "halden", "--policy", "steady", "--seeds", "1", "--quarters"]
    assert main([*arguments, "25"]) == 1
    assert "1 to 20 quarters, and for 12 unless" in capsys.readouterr().err
    assert main([*arguments, "4"]) == 0
    capsys.readouterr()
    assert main([*arguments, "4", "--logs", str(tmp_path / "logs")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "8 to 20 quarters, with --logs, because a log is a whole session," in err
    assert not (tmp_path / "logs").exists()
