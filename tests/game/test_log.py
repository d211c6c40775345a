"""Log files: nothing in them can change unnoticed, and nothing shown is missing from them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kamsim.errors import KamsimError, LogChanged, LogError, LogLocked, LogUnwritable
from kamsim.game import chain as chain_module
from kamsim.game import log as log_module
from kamsim.game.log import read_log
from kamsim.game.records import FORMAT, canonical_text
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from tests.game.play import play_quarter, whole


@pytest.fixture
def played(scenario: Scenario, logs: Path) -> Path:
    """A finished session's log."""
    dice = random.Random(11)
    with Session.start(scenario, seed=11, player="Ada", log_dir=logs, quarters=4) as session:
        while not session.finished:
            session.guess("breakeven", 20)
            play_quarter(session, dice, 5)
            session.end_quarter()
    return session.log_path


def forge(path: Path, change: Callable[[list[Any]], None]) -> None:
    """Rewrite a log with a sound chain around whatever ``change`` does to its lines (objects, or raw text)."""
    lines: list[Any] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        del line["hash"]
    change(lines)
    previous, out = "", []
    for line in lines:
        body = line if isinstance(line, str) else canonical_text(line)
        previous = hashlib.sha256((previous + body).encode("utf-8", "surrogatepass")).hexdigest()
        out.append(body[:-1] + f',"hash":"{previous}"}}\n')
    path.write_text("".join(out), encoding="utf-8", errors="surrogatepass")


def test_guesses_are_read_as_a_session_notes_them(played: Path) -> None:
    """Whatever number says them: cents are whole, percents may have parts."""

    def change(lines: list[Any]) -> None:
        at = next(number for number, line in enumerate(lines) if line["kind"] == "guess")
        made = {**lines[at], "name": "profit_range", "value": [0.0, 30_000_000.0]}
        lines[at]["value"] = 12
        lines.insert(at, made)

    forge(played, change)
    found = [line.value for line in read_log(played).lines if line.kind == "guess"][:2]
    assert [repr(value) for value in found] == ["[0, 30000000]", "12.0"]


def test_any_changed_byte_is_found_and_placed(played: Path) -> None:
    """40 changes of one byte anywhere, and one in every part of the last line, are found; the line is named."""
    sound, dice = played.read_bytes(), random.Random(3)
    assert verify(played).ok
    last = sound.rindex(b"\n", 0, len(sound) - 1) + 1
    places = [dice.randrange(len(sound)) for _ in range(40)]
    places += [last, *(dice.randrange(last, len(sound)) for _ in range(20)), len(sound) - 2, len(sound) - 1]
    for place in places:
        other = dice.choice([byte for byte in range(256) if byte != sound[place]])
        played.write_bytes(sound[:place] + bytes([other]) + sound[place + 1 :])
        number = sound.count(b"\n", 0, place) + 1
        verdict = verify(played)
        assert not verdict.ok and f"line {number} " in verdict.sentence, (place, other, verdict.sentence)
        with pytest.raises(LogChanged, match=f"line {number} "):
            Session.resume(played)


def test_a_line_removed_doubled_or_moved_is_found(played: Path) -> None:
    """Lines cannot be left out, doubled or exchanged; a log cut after a complete line is merely unfinished."""
    lines = played.read_bytes().splitlines(keepends=True)
    for changed in (
        lines[:4] + lines[5:], lines[:5] + lines[4:], [*lines[:4], lines[5], lines[4], *lines[6:]],
        lines[1:], lines + lines[-1:],
    ):  # fmt: skip
        played.write_bytes(b"".join(changed))
        assert not verify(played).ok
    played.write_bytes(b"".join(lines[:-3]))
    assert verify(played).ok


def test_changed_line_endings_are_told_as_such(played: Path) -> None:
    """A log that passed through CRLF is said to have; one with another change beside it is said to be changed."""
    sound = played.read_bytes()
    crlf = sound.replace(b"\n", b"\r\n")
    played.write_bytes(crlf)
    verdict = verify(played)
    assert not verdict.ok and "line endings were changed" in verdict.sentence
    assert "line 1 was changed" not in verdict.sentence and "line 1 ends in CRLF" in verdict.sentence
    with pytest.raises(LogChanged, match="line endings were changed"):
        Session.resume(played)
    assert played.read_bytes() == crlf
    lines = sound.splitlines(keepends=True)
    played.write_bytes(b"".join([*lines[:3], lines[3][:-1] + b"\r\n", *lines[4:]]))
    assert "line 4 ends in CRLF" in verify(played).sentence
    played.write_bytes(crlf.replace(b'"player":"Ada"', b'"player":"Eve"', 1))
    assert "line 1 was changed" in verify(played).sentence


def test_a_torn_last_line_is_dropped_in_words(scenario: Scenario, logs: Path) -> None:
    """Cut anywhere inside the last line, the log resumes at the step before, says so, and goes on soundly."""
    with Session.start(scenario, seed=1, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        before, sound = whole(session), session.log_path.read_bytes()
        session.do("meet", person="aune", agenda="results")
    longer = session.log_path.read_bytes()
    for cut in (1, 2, 40, len(longer) - len(sound) - 1):
        session.log_path.write_bytes(longer[: len(sound) + cut])
        verdict = verify(session.log_path)
        assert verdict.ok and "cut short" in verdict.details[-1]
        with Session.resume(session.log_path) as again:
            assert whole(again) == before and "cut short" in again.notices[0]
            again.do("meet", person="moen", agenda="results")
        with Session.resume(session.log_path) as again:
            assert again.notices == [] and again.commands[-1].args["person"] == "moen"


def test_a_log_without_a_beginning(played: Path) -> None:
    """A log cut inside its first two lines, an empty one and any other file are said to be none, in a sentence."""
    sound = played.read_bytes()
    first = sound.index(b"\n")
    for data in (b"", sound[:5], sound[: first + 1], sound[: first + 9], b"{}\n{}\n", b"hello\n", os.urandom(2000),
                 b"\xff\xfe" + sound, b"[" * 100_000 + b"\n", b"\n" * 10):  # fmt: skip
        played.write_bytes(data)
        with pytest.raises(LogError):
            read_log(played)
        with pytest.raises(LogError):
            Session.resume(played)


def first(lines: list[Any], kind: str) -> Any:
    return next(line for line in lines if line["kind"] == kind)


def nested() -> Any:
    return json.loads("[" * 900 + "]" * 900)


FORGERIES: dict[str, Callable[[list[Any]], None]] = {
    "future format": lambda lines: lines[0].update(format=FORMAT + 1),
    "no format": lambda lines: lines[0].pop("format"),
    "format of text": lambda lines: lines[0].update(format="1"),
    "other scenario": lambda lines: lines[0]["scenario"].update(title="Another"),
    "scenario of text": lambda lines: lines[0].update(scenario="halden"),
    "seed of text": lambda lines: lines[0].update(seed="7"),
    "too many quarters": lambda lines: lines[0].update(quarters=90),
    "huge seed": lambda lines: lines[0].update(seed=10**30),
    "unknown kind": lambda lines: lines[3].update(kind="gift"),
    "extra": lambda lines: lines[3].update(bonus=1),
    "header twice": lambda lines: lines.insert(2, lines[0]),
    "unknown move": lambda lines: first(lines, "command").update(move="fly"),
    "unknown name": lambda lines: first(lines, "command").update(args={"account": "x"}),
    "number out of order": lambda lines: first(lines, "command").update(n=9),
    "quarter out of order": lambda lines: first(lines, "quarter").update(quarter=3),
    "undo of nothing": lambda lines: lines.insert(2, {"kind": "undo", "quarter": 1, "takes_back": [1]}),
    "guess of nothing": lambda lines: first(lines, "guess").update(value=nested()),
    "books of others": lambda lines: first(lines, "quarter")["ledger"].update(share=[1.0]),
    "early end": lambda lines: lines.insert(2, lines[-1]),
    "after the end": lambda lines: lines.append(lines[2]),
    "list": lambda lines: lines.insert(2, "[1]"),
    "twice named": lambda lines: lines.insert(2, '{"kind":"guess","kind":"guess"}'),
    "not a number": lambda lines: lines.insert(2, '{"kind":"guess","value":NaN}'),
    "too large": lambda lines: lines.insert(2, '{"kind":"guess","value":1e999}'),
    "too many digits": lambda lines: lines.insert(2, '{"kind":"guess","value":' + "9" * 5000 + "}"),
    "deep": lambda lines: lines.insert(2, '{"kind":"guess","value":' + "[" * 200_000 + "]" * 200_000 + "}"),
    "half a letter": lambda lines: lines[0].update(player="\ud800"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_log_is_refused_in_a_sentence(played: Path, name: str) -> None:
    """Whatever a sound chain is put around, reading ends in one of our errors, which is one line of text."""
    forge(played, FORGERIES[name])
    for use in (Session.resume, verify):
        try:
            made = use(played)  # type: ignore[operator]
        except KamsimError as error:
            assert str(error) and "\n" not in str(error).rstrip()
        else:
            assert not made.ok  # verify may also answer with a verdict


@pytest.mark.parametrize("field", ["money", "state", "score"])
def test_forged_figures_are_found(played: Path, field: str) -> None:
    """A changed cent, state or score behind a sound chain does not survive the replay."""

    def change(lines: list[Any]) -> None:
        quarter = [line for line in lines if line["kind"] == "quarter"][1]
        if field == "money":
            quarter["ledger"]["money"][0][0] += 1
        elif field == "state":
            quarter["checkpoint"]["state"]["relations"]["trust"][0][0] += 1e-6
        else:
            lines[-1]["score"]["left"] += 1

    forge(played, change)
    verdict = verify(played)
    assert not verdict.ok and verdict.details and verdict.to_dict()["ok"] is False
    assert ("score" if field == "score" else "quarter 2") in verdict.sentence


def test_last_bits_of_another_processor_are_no_difference(played: Path) -> None:
    """State that differs by less than 1e-9 counts as the same."""

    def change(lines: list[Any]) -> None:
        quarter = first(lines, "quarter")
        quarter["checkpoint"]["state"]["relations"]["trust"][0][0] += 1e-13
        quarter["checkpoint"]["digest"] = "0" * 64

    forge(played, change)
    assert verify(played).ok


def test_two_windows_cannot_play_one_log(scenario: Scenario, logs: Path) -> None:
    """A second window, in this process or another, is told that the log is in use; afterwards it may."""
    session = Session.start(scenario, seed=1, log_dir=logs, quarters=4)
    with pytest.raises(LogLocked):
        Session.resume(session.log_path)
    code = "import sys; from kamsim import errors; from kamsim.game.session import Session\n"
    code += "try: Session.resume(sys.argv[1]); print('open')\nexcept errors.LogLocked: print('locked')"
    ask = [sys.executable, "-c", code, str(session.log_path)]
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout == "locked\n"
    assert verify(session.log_path).ok
    session.close()
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout == "open\n"


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO])
def test_a_line_half_written_is_cut_off_again(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    """When the disk gives up in the middle of a line the log stays sound and the session where it was; play goes on."""
    with Session.start(scenario, seed=1, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        before, sound = whole(session), session.log_path.read_bytes()
        real, calls = os.write, [0]

        def half(descriptor: int, data: Any) -> int:
            calls[0] += 1
            if calls[0] > 1:
                raise OSError(reason, os.strerror(reason))
            return real(descriptor, bytes(data)[: len(data) // 2])

        with monkeypatch.context() as patch:
            patch.setattr(log_module.os, "write", half)
            with pytest.raises(LogUnwritable, match="did not happen"):
                session.end_quarter()
        assert whole(session) == before and session.log_path.read_bytes() == sound
        with monkeypatch.context() as patch:  # nor can it be cut: done before the next line
            calls[0] = 0
            patch.setattr(log_module.os, "write", half)
            patch.setattr(log_module.os, "ftruncate", lambda *_: (_ for _ in ()).throw(OSError(reason, "no")))
            with pytest.raises(LogUnwritable):
                session.undo()
        assert session.log_path.read_bytes() != sound and whole(session) == before
        session.end_quarter()
    assert verify(session.log_path).ok


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(scenario: Scenario, tiny_disk: Path) -> None:
    """On a disk that fills up, the step that no longer fits did not happen; with room made, play goes on."""
    dice = random.Random(2)
    ballast = tiny_disk / "ballast"
    with Session.start(scenario, seed=2, log_dir=tiny_disk, quarters=12) as session:
        disk = os.statvfs(tiny_disk)
        ballast.write_bytes(b"x" * (disk.f_bavail * disk.f_bsize - 16384))
        with pytest.raises(LogUnwritable, match="Make room") as failed:
            for _ in range(12):
                play_quarter(session, dice, 3)
                session.end_quarter()
        assert "\n" not in str(failed.value)
        held = whole(session)
        assert verify(session.log_path).ok
        with pytest.raises(LogUnwritable):  # nor does a log half begun stay behind
            Session.start("halden", seed=2, log_dir=tiny_disk)
        assert {path.name for path in tiny_disk.iterdir()} == {"ballast", session.log_path.name}
        ballast.unlink()
        session.end_quarter()
        assert session.quarter == held["quarter"] + 1
    assert verify(session.log_path).ok


def test_a_read_only_disk(scenario: Scenario, tiny_disk: Path) -> None:
    """A log on a read-only disk can be verified; going on, or a new log, is refused in a sentence."""
    with Session.start(scenario, seed=2, log_dir=tiny_disk) as session:
        session.end_quarter()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    assert verify(session.log_path).ok
    with pytest.raises(LogUnwritable, match="read-only"):
        Session.resume(session.log_path)
    with pytest.raises(LogUnwritable, match="read-only"):
        Session.start(scenario, seed=2, log_dir=tiny_disk)


def test_folders_that_cannot_be_written(scenario: Scenario, tmp_path: Path) -> None:
    """A file in the place of the folder, or an impossible name, is a sentence and leaves nothing behind."""
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "logs", Path("/proc/none"), tmp_path / ("x" * 300)):
        with pytest.raises(LogUnwritable):
            Session.start(scenario, seed=1, log_dir=folder)
    for path in (tmp_path, tmp_path / "none.jsonl", tmp_path / "file", Path("/dev/null"), tmp_path / ("x" * 300)):
        with pytest.raises(LogError):
            Session.resume(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_read_only(played: Path) -> None:
    """A read-only log can be verified and not continued."""
    played.chmod(0o444)
    assert verify(played).ok
    with pytest.raises(LogUnwritable):
        Session.resume(played)


def test_a_log_taken_away_or_changed_under_play(scenario: Scenario, logs: Path) -> None:
    """If another program writes to the file, the next step is refused in words; if it is removed, it is written anew
    without what the other wrote."""
    with Session.start(scenario, seed=1, log_dir=logs) as session:
        with session.log_path.open("ab") as other:
            other.write(b"hello\n")
        with pytest.raises(LogUnwritable, match="another program"):
            session.end_quarter()
        assert session.quarter == 1
        session.log_path.unlink()
        session.end_quarter()
        assert "written anew" in session.notices[-1]
    assert verify(session.log_path).ok


def test_sizes_are_bounded(played: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line or a file beyond any log's size is refused before it is held in memory."""
    monkeypatch.setattr(chain_module, "MOST_LINE", 4096)
    with pytest.raises(LogError, match="line of more than"):
        read_log(played)
    monkeypatch.setattr(chain_module, "MOST_FILE", 4096)
    with pytest.raises(LogError, match="holds more than"):
        read_log(played)


def test_a_log_of_other_rules_goes_on_from_the_last_checkpoint(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under other rules a session continues from its last close, says so, and later resumes there again."""
    dice = random.Random(4)
    with Session.start(scenario, seed=4, log_dir=logs, quarters=6) as session:
        for _ in range(2):
            play_quarter(session, dice, 5)
            session.end_quarter()
        start_of_third, books = whole(session), whole(session)["books"]
        session.guess("breakeven", 30)
        session.do("meet", person="aune", agenda="results")
        session.do("expedite", account="kestrel")
    for module in ("records", "session", "replay"):
        monkeypatch.setattr(f"kamsim.game.{module}.RULES", 1000)
    with Session.resume(session.log_path) as again:
        assert "rules" in again.notices[0] and "2 moves" in again.notices[0]
        now = whole(again)
        assert now["state"] == start_of_third["state"] and now["books"] == books and now["undo"] == []
        assert now["commands"] == start_of_third["commands"] and "breakeven" in again.guesses
        assert now["hours"] == start_of_third["hours"]
        play_quarter(again, dice, 5)
        again.end_quarter()
        play_quarter(again, dice, 3)
        held = whole(again)
    with Session.resume(session.log_path) as third:
        assert third.notices == [] and whole(third) == held
        while not third.finished:
            third.end_quarter()
    verdict = verify(session.log_path)
    assert verdict.ok and "not computed again" in verdict.details[-1]


def test_figures_that_come_out_otherwise_do_not_lose_the_session(played: Path, scenario: Scenario, logs: Path) -> None:
    """If replaying gives other figures, the session goes on from what was shown and is on disk, and says so."""
    with Session.start(scenario, seed=9, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.end_quarter()

    def change(lines: list[Any]) -> None:
        lines[-1]["ledger"]["money"][0][0] += 1

    forge(session.log_path, change)
    with Session.resume(session.log_path) as again:
        assert "other figures" in again.notices[0] and again.quarter == 2
        again.end_quarter()
    with Session.resume(session.log_path) as again:
        assert again.notices == [] and again.quarter == 3
