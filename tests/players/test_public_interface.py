"""The public interface: what it accepts, what it says to a slip, and docstrings that keep what they promise."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kamsim
from kamsim.engine import page, sight
from kamsim.engine.moves import MOVES
from kamsim.engine.moves.kinds import Field
from kamsim.engine.sight import Seen
from kamsim.engine.terms import ISSUES
from kamsim.errors import IllegalMove, KamsimError, LogError, ScenarioError
from kamsim.game import session as session_module
from kamsim.game.session import Session
from kamsim.players import simulate as simulate_module
from kamsim.players.seat import Seat
from kamsim.players.simulate import MOST_SEED
from tests.engine.worlds import bits, furnished, halden, minimal, start
from tests.every import every
from tests.scenario.minimal import write_minimal


class Idle:
    """A policy that does nothing."""

    name = "idle"

    def play(self, seat: Seat) -> None:
        return


class Broken:
    """A policy that must never be asked to play."""

    name = "broken"

    def play(self, seat: Seat) -> None:
        raise AssertionError("it was played")


class Nameless:
    """A policy without a name."""

    def play(self, seat: Seat) -> None:
        raise AssertionError("it was played")


class Actless:
    """A policy that cannot play."""

    name = "actless"


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["KamsimError", "IllegalMove", "LogError", "ScenarioError", "Outcomes", "override", "simulate", "replay"]
)
def test_public_names(name: str) -> None:
    """Errors, results and `override` can be taken from kamsim itself."""
    assert name in kamsim.__all__ and name in dir(kamsim)
    assert getattr(kamsim, name).__name__ == name


def test_all_is_complete_and_sorted() -> None:
    """Every lazy name is announced, and nothing else."""
    assert kamsim.__all__ == sorted(kamsim.__all__)
    assert {*kamsim._HOMES, "__version__"} == set(kamsim.__all__)


# --- simulate ---------------------------------------------------------------------------------------------------


def test_a_scenario_is_given_as_in_a_session(tmp_path: Path) -> None:
    """A path, its text and the scenario read from it are the same to `simulate`."""
    folder = write_minimal(tmp_path / "minimal")
    one = kamsim.simulate(folder, Idle(), 2, 2)
    for other in (str(folder), folder / "scenario.yaml", kamsim.load_scenario(folder)):
        assert bits(kamsim.simulate(other, Idle(), 2, 2).nac) == bits(one.nac)
    with pytest.raises(ScenarioError):
        kamsim.simulate(tmp_path / "nowhere", Idle(), 2)
    with pytest.raises(KamsimError, match="load_scenario"):
        kamsim.simulate(5, Idle(), 2)  # type: ignore[arg-type]


@pytest.mark.parametrize("seeds", [3, [1, 2, 3], range(1, 4), (n for n in (1, 2, 3)), np.int64(3), np.arange(1, 4)])
def test_seeds_that_are_taken(seeds: Any) -> None:
    """A number n stands for 1..n; any whole numbers will do, numpy's among them."""
    assert kamsim.simulate(minimal(), Idle(), seeds, 1).seeds == (1, 2, 3)
    assert kamsim.simulate(minimal(), Idle(), [0, MOST_SEED], 1).seeds == (0, MOST_SEED)


@pytest.mark.parametrize(
    "seeds",
    [2.5, "5", b"5", None, True, [True], [-3], ["5"], [1.0], [None], [MOST_SEED + 1], {"1": 2}, -1, 0, [], np.ones(2)],
    ids=repr,
)
def test_seeds_that_are_refused(seeds: Any) -> None:
    """Anything else is refused in a sentence about seeds, before anything is played."""
    with pytest.raises(KamsimError, match="seed"):
        kamsim.simulate(minimal(), Broken(), seeds)


@pytest.mark.parametrize("seed", [-3, "5", 2.5, True, MOST_SEED + 1])
def test_session_and_simulation_agree_on_seeds(seed: Any, tmp_path: Path) -> None:
    """What one refuses as a seed, the other refuses in the same words."""
    assert session_module.MOST_SEED == MOST_SEED
    with pytest.raises(KamsimError) as single:
        Session.start(minimal(), seed=seed, log_dir=tmp_path)
    with pytest.raises(KamsimError) as many:
        kamsim.simulate(minimal(), Broken(), [seed])
    assert str(single.value) == str(many.value)


@pytest.mark.parametrize("quarters", ["4", 2.5, True, [4], -1, 0, 10**6])
def test_quarters_that_are_refused(quarters: Any) -> None:
    """The sentence says what the scenario allows."""
    with pytest.raises(KamsimError, match=r"1 to \d+ quarters"):
        kamsim.simulate(minimal(), Broken(), 1, quarters)


@pytest.mark.parametrize(
    ("policy", "said"),
    [(Nameless(), "has not a name"), (Actless(), "has not a method play"), (5, "a name and not a method play"),
     (None, "shipped bot"), (Idle, r"give Idle\(\)"), ("genius", "value_seller")],
)  # fmt: skip
def test_a_policy_that_cannot_play_is_told_before_the_run(policy: Any, said: str) -> None:
    """The sentence names what it lacks; the scenario has not even been looked for."""
    with pytest.raises(KamsimError, match=said):
        kamsim.simulate("nowhere", policy, 10)


@pytest.mark.parametrize("overrides", [["accounts.orvik.trust"], [], "accounts.orvik.trust", 3, {3: 0.5}], ids=repr)
def test_overrides_that_are_refused(overrides: Any) -> None:
    """The sentence shows what overrides look like."""
    with pytest.raises(KamsimError, match=r"accounts\.orvik\.trust"):
        kamsim.simulate(minimal(), Broken(), 1, overrides=overrides)


def examples(text: str | None) -> list[str]:
    """The calls of kamsim printed in a docstring."""
    assert text is not None
    return re.findall(r"^    (kamsim\..*)$", inspect.cleandoc(text), re.MULTILINE)


def test_the_examples_of_simulate_run() -> None:
    """One for quarters and one for overrides, word for word."""
    shown = examples(kamsim.simulate.__doc__)
    assert len(shown) == 2
    shorter, changed = (eval(code) for code in shown)  # the docstring is ours
    assert shorter.nac.shape[1] == 4
    assert changed.scenario.accounts[0].trust == 0.5 != halden().accounts[0].trust


# --- the seat ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    [[0], [True, False], (True, False), 0, 1, "yes", np.array([0, 1]), np.array([1.0, 0.0]), np.array([True]),
     np.array([True, False, True]), np.array([[True, False]]), np.array(True)],
    ids=repr,
)  # fmt: skip
def test_where_is_one_truth_value_for_each_lane(where: Any) -> None:
    """Row numbers, lists and other shapes are refused, and nothing happens."""
    game = start(minimal(), (1, 2))
    before = game.seat.seen.hours_left.copy()
    with pytest.raises(IllegalMove, match=r"where must be an array of bool of shape \(2,\)"):
        game.do("scan", where=where, account="orvik")
    assert bits(game.seat.seen.hours_left) == bits(before)


@pytest.mark.parametrize(
    ("where", "made"),
    [(None, [True, True]), (True, [True, True]), (False, [False, False]), (np.bool_(True), [True, True]),
     (np.array([False, True]), [False, True])],
)  # fmt: skip
def test_where_picks_lanes(where: Any, made: list[bool]) -> None:
    """An array by lane, or one truth value for all."""
    outcome = start(minimal(), (1, 2)).do("set_rhythm", where=where, account="orvik", rhythm="close")
    assert outcome.done.tolist() == made


@pytest.mark.parametrize(
    "discount", [np.zeros(3), np.zeros((2, 1)), np.zeros(0), [0.0, 0.0], [0.0], [[0.0], [0.0, 1.0]]], ids=repr
)
def test_numbers_by_lane_have_the_lanes_length(discount: Any) -> None:
    """Arrays of another shape, and lists, are refused in a sentence."""
    with pytest.raises(IllegalMove, match=r"discount must be one number or an array of shape \(2,\)"):
        start(minimal(), (1, 2)).do("set_discount", account="orvik", line="bearings", discount=discount)


def test_a_number_for_all_lanes_may_have_one_lane() -> None:
    """Public arrays with a last axis of 1 can be given as they are, whichever lanes are picked."""
    game = start(minimal(), (1, 2, 3))
    price = game.params.start_discount[0] + 0.01
    assert price.shape == (1,)
    account, region, line = game.params.cells[0]
    where = np.array([True, False, True])
    made = game.do("set_discount", where=where, account=account, region=region, line=line, discount=price)
    assert made.done.tolist() == [True, False, True]


@pytest.mark.parametrize(("kind", "number"), [("set_discount", "discount"), ("set_rebate", "rebate")])
def test_a_region_that_an_account_has_not_is_told(kind: str, number: str) -> None:
    """The sentence lists the account's regions; another account's are no help."""
    game = start(minimal(), (1,))
    for region in ("nroth", "", "skarnes"):
        with pytest.raises(IllegalMove, match=r"orvik has no region '.*'; it has north, south"):
            game.do(kind, account="orvik", line="bearings", region=region, **{number: 0.1})


def test_a_fact_that_is_none_is_told() -> None:
    """The sentence lists the kinds, or the rows."""
    seen = start(minimal(), (1,)).seat.seen
    with pytest.raises(IllegalMove, match=f"'mood'; known are {', '.join(seen.params.fact_blocks)}"):
        seen.known("mood", 0)
    for row in (99, "orvik", 1.5):
        with pytest.raises(IllegalMove, match="its rows are 0 to 1"):
            seen.known("wallet", row)  # type: ignore[arg-type]


# --- docstrings -------------------------------------------------------------------------------------------------

AXES = {
    "A": "accounts", "C": "cells", "S": "people", "Q": "requests", "F": "facts", "T": "tenders", "P": "lines",
    "D": "approvers", "M": "moments", "K": "initiatives", "W": "news", "N": "talks", "O": "opportunities",
}  # fmt: skip
PLACES = {"B": lambda params: 2 * len(params.accounts), "G": lambda _: len(page.FIELDS)}


def described(module: Any, name: str) -> dict[str, str]:
    """The line under each field of a class."""
    body = next(
        node.body
        for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == name
    )
    found = {}
    for field, text in zip(body, [*body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            told = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
            found[field.target.id] = str(text.value.value) if told else ""  # type: ignore[union-attr]
    return found


def test_every_field_of_seen_tells_its_axes() -> None:
    """Each has a line; those of arrays begin with their axes, which are those of the arrays."""
    game = start(furnished(), (1, 2, 3), policy="steady", quarters=2)
    seen, lines = game.seat.seen, described(sight, "Seen")
    assert list(lines) == list(Seen.__dataclass_fields__)
    assert all(f"{letter} {name}" in str(Seen.__doc__) or letter in "CFP" for letter, name in AXES.items())
    for name, text in lines.items():
        value = getattr(seen, name)
        assert len(text) > 5, name
        if isinstance(value, np.ndarray):
            axes = re.match(r"\(([^)]*)\) ", text)
            assert axes is not None, name
            sizes = {"L": 3, "1": 1, **{letter: len(getattr(seen.params, part)) for letter, part in AXES.items()}}
            sizes["A+1"] = sizes["A"] + 1
            sizes["8"] = len(ISSUES)
            sizes |= {letter: count(seen.params) for letter, count in PLACES.items()}
            shape = tuple(sizes[axis] for axis in axes[1].replace(" ", "").split(",") if axis)
            assert value.shape == shape, name


def shown(field: Field) -> str:
    """One argument as the table of `Seat.do` has it."""
    text = field.name
    if field.kind == "choice":
        text += "=" + "|".join(f"{choice:g}" if isinstance(choice, float) else str(choice) for choice in field.choices)
    if field.kind == "number":
        text += f"={field.low:g}..{field.high:g} by {field.step:g}"
    return f"[{text}]" if field.optional else text


def table() -> dict[str, tuple[str, str]]:
    """Kind of move: (hours, arguments), from the docstring of `Seat.do`."""
    text = inspect.getdoc(Seat.do)
    assert text is not None
    block = text.split("::\n\n")[1].split("\n\n")[0].splitlines()
    rows: dict[str, tuple[str, str]] = {}
    last = ""
    for line in block[1:]:
        words = re.split(r"  +", line.strip(), maxsplit=2)
        if len(words) > 1:
            last = words[0]
            rows[last] = words[1], words[2] if len(words) > 2 else ""
        else:
            rows[last] = rows[last][0], f"{rows[last][1]} {words[0]}"
    return rows


def test_the_table_of_moves_is_in_step() -> None:
    """Every move with its arguments, as declared, in the order of MOVES; a page that was shown is not shown again."""
    rows, met = table(), dict[Any, str]()
    assert list(rows) == list(MOVES)
    for kind, move in MOVES.items():
        told = ", ".join(map(shown, move.fields))
        if len(move.fields) > 20 and move.fields in met:
            told = f"as {met[move.fields]}"
        met[move.fields] = kind
        assert rows[kind][1] == told, kind


@every("kind", MOVES)
def test_the_hours_of_the_table_are_charged(kind: str) -> None:
    """The hours of every way to make a move are those of the table."""
    game = start(furnished(), (1,))
    from kamsim.engine.moves import bind, combinations

    told, found = table()[kind][0], set()
    studied = [{"sensitivity": word} for word in page.SENSITIVITY]
    some = any(field.name == "sensitivity" for field in MOVES[kind].fields)
    for args in ({**a, **more} for a in combinations(game.params, kind) for more in (studied if some else [{}])):
        for field in MOVES[kind].fields:
            if field.name not in args and not field.optional:
                args[field.name] = field.low if field.kind == "number" else field.choices[0]
        bound = bind(game.params, kind, args)
        hours = float(np.max(MOVES[kind].hours(game.seat.seen, bound)))
        if told == "effort":
            assert hours == args["effort"]
        elif told == "change":
            names = ("light", "normal", "close")
            now = game.seat.seen.rhythm[game.params.accounts.index(args["account"]), 0]
            of = game.params.rhythm_hours
            assert hours == of[names.index(args["rhythm"])] - of[now]
        else:
            found.add(f"{hours:g}")
    if found:
        assert sorted(found, key=float) == told.split(", ")


def test_the_session_lists_its_attributes(tmp_path: Path) -> None:
    """Every public attribute and property stands in the class docstring, and nothing that is not there."""
    with Session.start(minimal(), seed=1, log_dir=tmp_path) as session:
        properties = {
            name for kind in Session.__mro__ for name, value in vars(kind).items() if isinstance(value, property)
        }
        public = {name for name in {*vars(session), *properties} if not name.startswith("_")}
        listed = str(Session.__doc__).split("Attributes", 1)[1]
        assert set(re.findall(r"``(\w+)``", listed)) == public


def test_a_session_tells_what_it_was_worth(tmp_path: Path) -> None:
    """Score and purses are there after the end, and again when the log is resumed; None before."""
    with Session.start(minimal(), seed=5, log_dir=tmp_path, quarters=4) as session:
        while not session.finished:
            assert session.score is None and session.purses is None
            report = session.end_quarter()
        data = report.events[-1].plain()
    with Session.resume(session.log_path) as again:
        for one in (session, again):
            assert one.purses is not None and one.purses.value.shape == (1,)
            assert one.score == data["score"] and round(float(one.purses.value[0])) == data["value"]
    bot = kamsim.simulate(minimal(), Idle(), [5], 4)
    assert session.purses is not None and bits(bot.purses.value) == bits(session.purses.value)
    assert session.score == round(float(bot.score[0]), 1)


def test_replay_says_what_it_takes_and_gives() -> None:
    """Both docstrings name every field and argument."""
    from kamsim.game import replay as module

    lines = described(module, "Replay")
    assert list(lines) == list(module.Replay.__dataclass_fields__) and all(lines.values())
    said = str(module.replay.__doc__)
    assert all(f"``{name}``" in said for name in ("drop", "change", "neutral", "labels", "nac", "value", "refused"))


def test_errors_are_one_tree() -> None:
    """Whoever catches KamsimError catches all of them."""
    assert all(issubclass(error, KamsimError) for error in (IllegalMove, LogError, ScenarioError))
    assert simulate_module.simulate is kamsim.simulate
