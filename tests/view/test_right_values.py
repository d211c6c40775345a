"""Each contradiction that was mended, by its right value: awards, names, restated figures, marks, what lies past the end."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kamsim.debrief import occasions
from kamsim.debrief.record import read_play
from kamsim.engine.moves import Refusal
from kamsim.game.commands import Command
from kamsim.game.events.opening import PersonLeft
from kamsim.game.events.opportunities import LineOpened, OpportunityAwarded
from kamsim.game.events.team import ColleagueSucceeded
from kamsim.game.session import Session
from kamsim.letters import curled
from kamsim.players.policies import named_policy
from kamsim.view import answering, closing, credit, desk, first_steps, pipeline
from kamsim.view.case import bringing, coach
from kamsim.view.case.answers import answer_body, condition_terms, condition_words, letter
from kamsim.view.case.figures import claim_line
from kamsim.view.case.form import SLOT_OF, Form
from kamsim.view.deeds import deeds
from kamsim.view.menu.catalogue import MENU, refusal
from kamsim.view.table import Table
from kamsim.view.words import books, facts, people
from kamsim.view.words.names import Cast, opens
from kamsim.view.words.news import body, headline, tender_when
from kamsim.view.words.opportunities import title
from kamsim.view.words.prices import breakeven_of_five, guess_base
from kamsim.view.words.year import purses
from tests.engine.worlds import halden, portfolio


def at_a_table() -> Cast:
    """Names as they stand at a table of eight quarters."""
    cast = Cast(halden())
    cast.last = 8
    return cast


def won(cast: Cast, arose: int, **more: object) -> OpportunityAwarded:
    """An award."""
    name = next(iter(cast.opportunities))
    return OpportunityAwarded(
        **{
            "opportunity": name, "outcome": "won", "reason": "price", "units": 500.0, "worth": 10_000_000, "runs": 6,
            "until": 8, "bid": 0.0, "arose": arose, "window": 2, "seen": 2, "stage": "decision", **more,
        }
    )  # fmt: skip


def test_orders_of_one_name_are_told_apart_and_awards_tell_their_lots() -> None:
    """The second order is called that, wherever it is named; fewer lots and a second source are said."""
    cast = at_a_table()
    first, second = won(cast, 1), won(cast, 5, asked=600.0, part=0.6, rival="sudo")
    name = first.opportunity
    assert title(cast, name) == cast.opportunities[name].title
    cast.note(first)
    cast.note(first)
    assert title(cast, name).endswith(", order 2") and headline(cast, second).endswith(", order 2")
    cast.note(second)
    assert title(cast, name).endswith(", order 3") and "order" not in headline(cast, first)
    said = " ".join(body(cast, second, 2))
    assert "They bought 5 of the 6 lots" in said and "€60,000 a quarter of it is yours; Sudo Precision has" in said
    assert "lots" not in " ".join(body(cast, first, 2))


def test_whoever_has_left_is_named_no_more() -> None:
    """In an author's text the holder of today stands for them, or it is said that they have left."""
    cast = at_a_table()
    person = cast.people["aksel"] if "aksel" in cast.people else next(iter(cast.people.values()))
    text = f"{person.name} decides."
    assert cast.now(text) == text
    cast.note(PersonLeft(person=person.id, holder=1, name="Nora Lind", before=person.name))
    assert cast.now(text) == "Nora Lind decides."
    last = person.name.split()[-1]
    assert cast.now(f"Ask Ms {last}; she knows.").endswith(f"({person.name} has left; Nora Lind, {person.role}, has the "
                                                            "post now.)")  # fmt: skip
    assert cast.now("Nobody is named.") == "Nobody is named."


def test_one_figure_has_one_word() -> None:
    """Trust, how much price counts, and how somebody stands; whoever is for us is as well-meaning as a sponsor is."""
    for step in range(1001):
        value = step / 1000
        shown = round(value * 100)
        assert facts.mood(value) == facts.mood(shown / 100)
        assert facts.price_mind(10 * value) == facts.price_mind(round(10 * value))
    assert people.stand(0.31) == "for" and people.stand(0.29) == "leaning" and people.stand(float("nan")) == "unknown"
    assert {people.stand(value / 10) for value in range(-10, 11)} | {"unknown"} == set(people.STANCE_TOLD)


def test_what_was_restated_says_so() -> None:
    """A why that starts from another figure than was told says from which, and which was told."""
    cast = at_a_table()
    why = {"before": 600_000.0, "after": -400_000.0, "parts": {"price": -1_000_000.0}}
    said = books.why_head(cast, why, "orvik", told=16_300_000.0)
    assert "restated at its true cost to serve: €6,000, told then as €163,000." in said
    assert "restated" not in books.why_head(cast, why, "orvik", told=600_000.0)


def test_marks_are_curled_in_pairs_inside_others_too() -> None:
    """Double outside, single inside, and nothing else is touched."""
    assert curled('He said "yes".') == "He said “yes”."
    assert curled('“It is "in" the plan.”') == "“It is ‘in’ the plan.”"
    assert curled('"A "b" c"') == "“A ‘b’ c”" and curled("it's") == "it's"


def test_nothing_is_promised_past_the_end_or_before_it_can_be_done(tmp_path: Path) -> None:
    """Moves that come later than the session, tenders, first steps and conditions."""
    cast = at_a_table()
    cast.last = 2
    assert opens(cast, "back_initiative") == "Not in this session"
    with Session.start(halden(), seed=7, log_dir=tmp_path, quarters=8) as session:
        table = Table(session)
        table.cast.last = 2
        said = refusal(table.cast, session.seen, "back_initiative", {}, int(Refusal.LOCKED))
        assert "Not in this session" in said and "after your time" in said
        table.cast.last = 8
        tender = next(iter(table.cast.tenders))
        assert "there is no bid, your price of" in tender_when(table.cast, tender, 3, 3)
        assert "after your time" in tender_when(table.cast, tender, 9, 3)
        steps = first_steps.first_steps(table)
        assert steps is not None and steps[0] == "A first quarter, if you want one"
        assert closing.tiny_range(table, 600, 900) and not closing.tiny_range(table, 40_000_000, 90_000_000)
        for audience in ("customer", "desk"):
            assert "your page says one year already" in condition_terms(cast, audience, "pilot", {"length": 4})[0]
            assert condition_words(audience, "pilot", {"length": 4}).startswith("the one year on your page")
            assert condition_words(audience, "pilot", {"length": 8}) == "one year first, as a pilot"
            asked = {"outcome": "conditional", "condition": "pilot", "audience": audience, "account": "kestrel"}
            said = letter(cast, {**asked, "speaker": "", "page": {"length": 4}}, 2)
            assert "Yes, to the one year that is on it" in said, said


def test_a_claim_is_outside_its_range_only_as_both_are_shown(tmp_path: Path) -> None:
    """A range of 28 to 48 holds notes that read 28."""
    with Session.start(halden(), seed=7, log_dir=tmp_path, quarters=8) as session:
        session.end_quarter()
        table = Table(session)
        page = dict(table.cases.open("kestrel", "customer").page) | {"claim": 38.0, "width": 0.25, "metric": "savings"}
        made = dataclasses.replace(session.preview("kestrel", "customer", page), implied=2_845_000.0)
        assert claim_line(table.cast, made, page) == ""
        far = dataclasses.replace(made, implied=2_700_000.0)
        assert "outside your range" in claim_line(table.cast, far, page)


def test_a_line_that_goes_to_tender_names_its_region() -> None:
    """Where a customer has several, and only there."""
    cast = Cast(portfolio())
    cast.last = 12
    many = next(account for account in cast.accounts.values() if len(account.regions) > 1)
    line = many.business[0].line
    heads = {headline(cast, LineOpened(account=many.id, region=item.id, line=line, until=6)) for item in many.regions}
    assert len(heads) == len(many.regions)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five quarters by a careful bot who guessed break-even."""
    with Session.start(halden(), seed=7, log_dir=tmp_path_factory.mktemp("values"), quarters=8) as session:
        session.guess("breakeven", 53)
        for _ in range(5):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        return session.log_path


def test_the_debrief_tells_the_break_even_of_the_game_in_its_words(played: Path) -> None:
    """The same figure as at the close; no name of the code in any occasion."""
    play = read_play(played)
    _, price = guess_base(play.first_cast, play.params)
    told = [item.text for item in occasions.own_figures(play) if "break-even" in item.text]
    assert told and f"it is {100 * (breakeven_of_five(price) or 0.0):.0f}%" in told[0]
    lines = [item.text for item in (*occasions.talks(play, None), *occasions.offers_that_fit(play),
                                    *occasions.followed_turns(play), *occasions.moments(play))]  # fmt: skip
    assert lines and not [line for line in lines if "_" in line]


def test_work_counts_as_the_rules_weigh_it(played: Path) -> None:
    """What is reckoned of our work on each initiative is the engagement that the world holds, where all we saw was so."""
    with Session.resume(played) as session:
        table = Table(session)
        near = []
        for row, name in enumerate(session.params.initiatives):
            from kamsim.view.work import work_on

            near.append(abs(work_on(table, name).engaged - float(session.world.initiatives.engagement[row, 0])) < 0.15)
        assert np.mean(near) >= 0.8
        for item in pipeline.prospects(table):
            assert (dict(item.marks).get("Work") == "speaks") == any(
                "done for" in line or "you did for" in line for line in item.speaks
            )


def test_an_incident_tells_whose_hours_they_are(tmp_path: Path) -> None:
    """Of a repair by the service desk, what of it is ours."""
    for seed in range(20):
        with Session.start(halden(), seed=seed, log_dir=tmp_path, quarters=8) as session:
            for _ in range(5):
                session.end_quarter()
                table = Table(session)
                for name in table.incidents():
                    told = table.do("handle_incident", account=name, effort=20, redress="none", owner="desk")
                    ours = answering.mending_hours(table, name, 20, "desk")
                    assert f"puts 20 hours in for {table.cast.account(name)}, {ours:.0f} of them yours" in told.lines[0]
                    return
    raise AssertionError("nothing went wrong")


def test_a_first_quarter_says_what_is_open_and_invents_no_load(tmp_path: Path) -> None:
    """Before any close no line "ran at 0%"; a decision without a bid of ours is not "nothing"."""
    with Session.start(halden(), seed=345868, log_dir=tmp_path) as session:
        table = Table(session)
        item = pipeline.windows(table)[0]
        assert item.bid is None
        meaning = " ".join(pipeline.bid_meaning(table, item.name, 0.04))
        assert "last quarter" not in meaning and "All of this takes 8% of our Bearings capacity." in meaning
        table.do("answer_request", request=table.requests()[0], answer="decline")
        assert desk.attention_line(table) == "Nothing else is waiting for an answer."
        session.end_quarter()
        assert "capacity last quarter" in " ".join(pipeline.bid_meaning(Table(session), item.name, 0.04))


# --- sums, reasons, what is refused ------------------------------------------------------------------------------


def test_purses_add_up_as_they_are_shown_and_are_one_sum_everywhere() -> None:
    """The whole is the sum as every page shows it; what rounding leaves over goes to the larger purse."""
    cast, dice = at_a_table(), random.Random(1)
    for _ in range(500):
        banked, left = dice.uniform(-3e8, 2e9), dice.uniform(-1e8, 9e8)
        shown = purses(cast, banked, left)
        assert shown[2] == cast.money(banked + left)
        parts = sum(-amount if text.startswith("\N{MINUS SIGN}") else amount for text, amount in _amounts(shown[:2]))
        assert abs(parts - _amounts(shown[2:])[0][1] * (-1 if banked + left < 0 else 1)) <= 5_001, shown


def _amounts(shown: Sequence[str]) -> list[tuple[str, float]]:
    """Money as it is written, and in units of currency without its sign."""
    made = []
    for text in shown:
        figure = text.lstrip("\N{MINUS SIGN}").removeprefix("\N{EURO SIGN}").replace(",", "")
        made.append((text, float(figure.rstrip("m")) * (1e6 if figure.endswith("m") else 1.0)))
    return made


def test_a_first_range_rests_on_the_books_of_the_first_day(tmp_path: Path) -> None:
    """It holds the first quarter of an idle player with room on both sides, and its middle is near."""
    for scenario in (halden(), portfolio()):
        with Session.start(scenario, seed=3, log_dir=tmp_path) as session:
            low, high = closing.first_range(Table(session))
            session.end_quarter()
            came = float(session.history[0].contribution.sum())
            assert low < came < high and abs((low + high) / 2.0 - came) < 0.2 * (high - low), (low, came, high)


def test_an_answer_is_one_decision_in_words_with_their_reason() -> None:
    """An answer on the spot in three halves is one decision; what was answered is no word of the code; a letter that
    finds nothing of theirs says that the picture may be old; a guarantee of no figure asks for nothing."""
    spot = [Command(number, 2, move, {"moment": "orvik_lift"}) for number, move in
            enumerate(("answer_moment", "press_moment", "close_moment"), 4)]  # fmt: skip
    other = Command(7, 2, "scan", {"account": "orvik"})
    assert credit.decisions([*spot, other]) == {4: 4, 5: 4, 6: 4, 7: 7}
    cast = at_a_table()
    asked = next(iter(cast.requests))
    for answer, result in (
        ("grant", "granted"),
        ("trade", "traded"),
        ("trade", "trade_refused"),
        ("decline", "declined"),
    ):
        data = {"args": {"request": asked, "answer": answer, "get": "term"}, "result": result}
        said = MENU["answer_request"].made(cast, data).rpartition(": ")[2]
        assert said not in ("grant", "trade", "decline"), said
    page = {"initiative": next(iter(cast.initiatives)), "claim": 0.0}
    name = cast.home[page["initiative"]]
    data = {"account": name, "audience": "customer", "outcome": "returned", "gate": None, "condition": None,
            "speaker": "", "criteria": ["alignment"], "noticed": False, "page": page}  # fmt: skip
    assert any("may be out of date" in line for line in answer_body(cast, data, 3))
    (terms,) = condition_terms(cast, "customer", "guarantee", page)
    assert "your page promises no figure" in terms and "pay" not in condition_words("customer", "guarantee", page)


def test_what_was_lost_in_part_says_so_and_what_nobody_heard_of_is_nobodys_answer() -> None:
    """A second source stands beside the loss; an award that was never heard of is told apart from what people say."""
    cast = at_a_table()
    part = won(cast, 1, outcome="lost", part=0.25, rival="sudo", until=9)
    home = cast.home[part.opportunity]
    assert "but for the 25% that is ours" in deeds(cast, [part], home, 2)["awards"]
    gone = ColleagueSucceeded(colleague="sunniva", holder=1, name="A", before="B", accounts=[home])
    assert deeds(cast, [gone], home, 1)["momentum"] == "B is gone, and had them in hand"
    assert "momentum" not in deeds(cast, [gone], "mira", 1)
    never = won(cast, 1, outcome="lost", part=0.0, rival="sudo", seen=None, stage=None)
    told = SimpleNamespace(report=SimpleNamespace(events=(part, never)))
    assert closing.unheard(told) == [never]
    assert closing.answers(SimpleNamespace(cast=cast), told) == [part]


def test_the_coach_speaks_of_a_page_that_costs_us(played: Path) -> None:
    """Five points for nothing: whatever the customer makes of it, the coach says what it costs, and to what part it is."""
    with Session.resume(played) as session:
        table, spoke = Table(session), 0
        for name in table.accounts:
            if bringing.barred(table.cast, table.seen, name, "customer") or table.lying(name, "customer"):
                continue
            form = Form(session, table.cast, table.cases.open(name, "customer"))
            form.work.change(table.seen, price=0.05, commitment=0.0, length=4)
            worth = float(form.made.gain[2])
            said = dict(
                coach.remarks(
                    table.cast, table.seen, form.work, session.coach(name, "customer", form.work.page), form.made
                )
            )
            assert (coach.OURS in said) == (worth <= -coach.SMALL), (name, worth, said)
            spoke += coach.OURS in said
            if coach.OURS in said:
                assert table.money(-worth) in said[coach.OURS] and SLOT_OF[coach.OURS] == "give"
        assert spoke
