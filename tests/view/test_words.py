"""Everything that can happen has words: no KeyError, nothing empty, and the reasons add up."""

from __future__ import annotations

import dataclasses
import inspect
import re
from itertools import product

import numpy as np
import pytest

from kamsim.engine.explain import CAUSES, Why
from kamsim.engine.luck import Luck
from kamsim.engine.moves import MOVES, Refusal, Result
from kamsim.engine.moves import combinations as every_way
from kamsim.engine.params import MEASURES, RHYTHMS, STATES, TRADES, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.sight import observe
from kamsim.view.menu import programme, support, team, together
from kamsim.view.menu.catalogue import MENU, REASONS, outcome, refusal
from kamsim.view.table import unquoted
from kamsim.view.words.books import CAUSE_WORDS, profit_line, profit_parts, why_head, why_lines
from kamsim.view.words.facts import FACTS, fact_line, learned_lines
from kamsim.view.words.names import (
    AGENDA_WORDS,
    RHYTHM_WORDS,
    TRADE_WORDS,
    Cast,
    money,
    percent,
    quarter_name,
)
from kamsim.view.words.news import GROUPS, body, group, headline
from kamsim.view.words.prices import beyond_price, change_lines, prices, repays_at
from kamsim.view.words.year import reveal_lines
from tests.engine.organised import organised
from tests.engine.worlds import halden
from tests.every import every
from tests.told import told

HALDEN = halden()
PARAMS = compile_params(HALDEN)
CAST = Cast(HALDEN)
NAN = re.compile(r"\bnan\b")


OURS = compile_params(organised())
OWN_REASONS = {code for room in (programme, support, team, together) for code in room.REASONS}
"""Why something about our own side may be refused."""


def second_quarter(scenario, params):
    luck = Luck([1])
    world = first_quarter(scenario, params, luck)
    close_quarter(world, params, luck)
    return observe(world, params)


@pytest.fixture(scope="module")
def seen():
    return second_quarter(HALDEN, PARAMS)


@pytest.fixture(scope="module")
def ours():
    return second_quarter(organised(), OURS)


def whole_args(kind, params=PARAMS):
    """One full set of arguments for a kind of move."""
    args = dict(next(iter(every_way(params, kind))))
    for field in MOVES[kind].fields:
        if field.name not in args and not field.optional:
            args[field.name] = field.choices[0] if field.choices else field.low
    return args


REFUSED = [
    (kind, code)
    for kind, code in product(MOVES, Refusal)
    if (code not in OWN_REASONS and not MOVES[kind].part) or code.name in inspect.getsource(MOVES[kind].refuse)
]
"""Every move with every reason, those of our own side with the moves that give them."""


@every("kind, code", REFUSED)
def test_every_refusal_says_why(seen, ours, kind, code):
    there = bool(MOVES[kind].part)
    cast, at, params = (Cast(organised()), ours, OURS) if there else (CAST, seen, PARAMS)
    args = whole_args(kind, params)
    said = refusal(cast, at, kind, args, code)
    assert (said == "") == (code is Refusal.NONE)
    assert code is Refusal.NONE or (said.endswith((".", '"')) and len(said) > 20), said
    assert "None" not in said and "{" not in said and not NAN.search(said)


@every("kind, result", product(MOVES, Result))
def test_every_outcome_has_words_in_every_quarter(kind, result):
    for args, quarter in product(list(every_way(PARAMS, kind))[:40], (1, 2, 7)):
        whole = {**whole_args(kind), **args}
        data = {"move": kind, "args": whole, "result": result.name.lower(), "hours": 10.0, "learned": []}
        lines = outcome(CAST, told("moved", data), quarter)
        assert lines and all(lines)


def test_a_successor_does_not_speak_with_the_old_voice():
    cast = Cast(HALDEN)
    person = HALDEN.accounts[0].people[0]
    assert cast.voice(person.id, "results", 1)
    cast.note(told("left", {"person": person.id, "holder": 1, "name": "Ada New"}))
    said = unquoted(cast.voice(person.id, "results", 1))
    assert said in HALDEN.successors[person.function].results and said not in person.says.results
    data = {"move": "meet", "args": {"person": person.id, "agenda": "results"}, "result": "learned", "learned": []}
    assert "Ada New" in outcome(cast, told("moved", data), 3)[0]


def values(kind):
    """Values that a kind of fact can have."""
    return {
        "state": range(len(STATES)),
        "measure": range(len(MEASURES)),
        "interest": range(-1, len(TRADES)),
        "force": (-1.0, 0.0, 1.0),
        "stance": (-1.0, -0.2, 0.0, 0.2, 1.0),
        "attack": (0, 3),
        "acts": range(4),
        "wallet": (0.0, 9e8),
        "price_sensitivity": (1.0, 3.0, 10.0),
    }.get(kind, (0.0, 0.3, 0.5, 0.68, 1.0))


@every("place", range(len(PARAMS.facts)))
def test_every_fact_can_be_told(place):
    fact = PARAMS.facts[place]
    about = fact.name.rsplit(".", 1)[0]
    for value in values(fact.kind):
        line = fact_line(CAST, fact.kind, about, float(value), seen_at=2, quarter=4, source=2)
        assert line.endswith("Seen 2 quarters ago, from a meeting.") and not NAN.search(line)
    assert set(FACTS) == set(PARAMS.fact_blocks)


def test_learned_facts_tell_no_future():
    late = next(request for account in HALDEN.accounts for request in account.requests if request.quarter > 3)
    fact = {"fact": "", "kind": "interest", "about": late.id, "account": "", "value": 0.0}
    assert late.title not in " ".join(learned_lines(CAST, [fact], 1))
    dormant = {"fact": "", "kind": "state", "about": "orvik_merger", "account": "orvik", "value": 0.0}
    assert "Stavfjord" not in " ".join(learned_lines(CAST, [dormant], 1))


def opening_events():
    """One event of every kind that opens or closes a quarter, for everything in the scenario."""
    made = [("news", {"id": item.id}) for item in HALDEN.news]
    for account in HALDEN.accounts:
        made += [("left", {"person": person.id, "holder": 1, "name": "X Y"}) for person in account.people]
        made += [("requested", {"request": item.id, "due": item.due}) for item in account.requests]
        made += [("lapsed", {"request": item.id}) for item in account.requests]
        made += [("turned", {"initiative": item.id, "to": state}) for item in account.initiatives for state in STATES]
        incidents = [item.id for item in (*account.incidents, *HALDEN.incident_kinds)]
        made += [("failed", {"account": account.id, "incident": i, "severity_word": "minor"}) for i in incidents]
        made += [("followed", {"account": account.id, "rival": rival.id}) for rival in HALDEN.rivals]
        for rival, kind in product(HALDEN.rivals, ("warned", "struck")):
            made.append((kind, {"account": account.id, "rival": rival.id, "quarter": 3}))
            plans = product(("price", "ideas", "both"), ("", *(item.id for item in account.initiatives)))
            plan = {"account": account.id, "rival": rival.id, "quarter": 3}
            made += [(kind, {**plan, "habit": habit, "idea": idea}) for habit, idea in plans]
        for owner, how in product(("self", "desk", "joint"), ("well", "partly", "badly")):
            made += [("mended", {"account": account.id, "incident": i, "owner": owner, "how": how}) for i in incidents]
        made += [("neglected", {"account": account.id, "incident": item}) for item in incidents]
        for answer in ("accepted", "rejected", "delayed"):
            offer = {"change": 0.02, "commitment": 0.05, "length": 8, "days": 60, "pooled": "yes"}
            made.append(("answered", {"account": account.id, "answer": answer, "offer": offer}))
        for tender in account.tenders:
            made.append(("tender", {"tender": tender.id, "quarter": tender.quarter}))
            made += [
                ("tendered", {"tender": tender.id, "share_before": 0.2, "share": 0.7, "won": w}) for w in (True, False)
            ]
    made.append(("heard", {"learned": [{**fact("trust", "orvik", 0.4)}]}))
    return [told(kind, data) for kind, data in made]


def test_everything_that_opens_or_closes_a_quarter_has_a_headline_and_a_place():
    cast = Cast(HALDEN)
    for event in opening_events():
        assert len(headline(cast, event)) > 5
        assert group(cast, event) in GROUPS
        assert all(body(cast, event, 3))


def test_a_successors_name_is_known_when_it_leaves_in_turn():
    person = HALDEN.accounts[0].people[0].id
    data = {"person": person, "holder": 2, "name": "Ada New", "before": "Esi Asante"}
    assert "Esi Asante has left. Ada New takes over" in headline(CAST, told("left", data))


def test_there_are_names_enough_for_three_successors_in_every_post():
    posts = sum(len(account.people) for account in HALDEN.accounts)
    taken = {person.name for account in HALDEN.accounts for person in account.people}
    assert len(set(HALDEN.newcomers) - taken) == len(HALDEN.newcomers) >= 3 * posts


def fact(kind, about, value, **more):
    return {"fact": "", "kind": kind, "about": about, "account": "orvik", "value": value, **more}


def test_what_was_known_is_confirmed_and_what_is_new_is_learned():
    state, ballast = 3, HALDEN.accounts[0].initiatives[0].id
    for was, was_at, word in ((state, 2, "Still as you knew it"), (state, 1, "Learned"), (state + 1, 2, "Learned")):
        known = fact("state", ballast, state, was=was, was_at=was_at)
        assert learned_lines(CAST, [known], 3)[0].startswith(word)
    person = HALDEN.accounts[0].people[0].id
    assert learned_lines(CAST, [fact("veto", person, 1.0, was=1.0, was_at=1)], 9)[0].startswith("Still as you knew it")
    assert learned_lines(CAST, [fact("veto", person, 1.0)], 9)[0].startswith("Learned")


def test_a_story_is_heard_once():
    pushed = [(item, force) for account in HALDEN.accounts for item in account.initiatives for force in item.forces]
    item, force = next((item, force) for item, force in pushed if force.until > force.quarter)
    name = next(name for name, one in CAST.forces.items() if one is force)
    assert CAST.pushes[name] == item.id
    told = learned_lines(CAST, [fact("acts", name, 2.0)], force.quarter)
    again = fact("acts", name, 2.0, was=2.0, was_at=force.quarter)
    net = learned_lines(CAST, [fact("force", item.id, force.strength)], force.quarter)
    assert force.name not in " ".join(net), "whether a force came in this game is heard, not read off the calendar"
    assert any(line.startswith("Heard") for line in told)
    assert not any(line.startswith("Heard") for line in learned_lines(CAST, [again], force.quarter + 1))


def test_nobody_says_that_no_rival_comes_where_one_sits_at_the_table_or_the_customer_asks():
    calm = [fact("attack", "orvik", 0.0)]
    request = HALDEN.accounts[0].requests[0]
    struck = told("struck", {"account": "orvik", "rival": "sudo", "quarter": 3})
    asked = told("requested", {"request": request.id, "due": 4})
    yes = {"request": request.id, "answer": "grant"}
    granted = told("moved", {"move": "answer_request", "args": yes, "result": "granted"})
    said = "courted by no rival"
    assert said in learned_lines(Cast(HALDEN), calm, 3)[0]
    assert said not in learned_lines(Cast(HALDEN, [struck]), calm, 3)[0]
    assert said not in learned_lines(Cast(HALDEN, [asked]), calm, 3)[0]
    assert said in learned_lines(Cast(HALDEN, [asked, granted]), calm, 3)[0]
    assert said in learned_lines(Cast(HALDEN, [asked]), calm, 5)[0]
    cast = Cast(HALDEN, [struck])
    assert cast.attacked("orvik", 4) == "Sudo Precision has been at their table since Q3 2026"
    assert cast.attacked("orvik", 12) == cast.attacked("mira", 4) == ""


def test_new_in_the_post_at_the_first_meeting_only():
    person = HALDEN.accounts[0].people[0].id
    silent = HALDEN.model_copy(update={"successors": {}})
    cast = Cast(silent, [told("left", {"person": person, "holder": 1, "name": "Ada New"})])
    data = {"move": "meet", "args": {"person": person, "agenda": "results"}, "result": "learned", "learned": []}
    met, said = told("moved", data), []
    for quarter in (3, 4):
        cast.note(met)
        said.append(outcome(cast, met, quarter)[0])
    assert "new in the post" in said[0] and "new in the post" not in said[1]


def test_a_door_that_was_shut_says_from_when_it_may_be_asked_again(seen):
    row = next(row for row, level in enumerate(PARAMS.person_level) if level == 2)
    shut_until = seen.shut_until.copy()
    shut_until[row] = seen.quarter + 1
    shut = dataclasses.replace(seen, shut_until=shut_until)
    args = {"person": PARAMS.people[row], "approach": "cold", "agenda": "results"}
    for kind, code in (("seek_executive", Refusal.DOOR_SHUT), ("meet", Refusal.DOOR_CLOSED)):
        assert "again from Q4 2026, in 2 quarters" in refusal(CAST, shut, kind, args, code)
    ending = Cast(HALDEN)
    ending.last = 3
    assert "The session ends before" in refusal(ending, shut, "meet", args, Refusal.DOOR_CLOSED)


def test_signed_terms_say_until_when(seen):
    until = seen.contract_until.copy()
    until[PARAMS.accounts.index("orvik")] = 6
    signed = dataclasses.replace(seen, contract_until=until)
    said = refusal(CAST, signed, "offer_terms", {"account": "orvik"}, Refusal.UNDER_CONTRACT)
    assert "until Q2 2027" in said and "from Q3 2027" in said


def test_the_last_quarter_promises_no_later_ones():
    cast = Cast(HALDEN)
    cast.last = 8
    tender = next(item for account in HALDEN.accounts for item in account.tenders if item.quarter == 9)
    event = told("tender", {"tender": tender.id, "quarter": 9})
    said = " ".join(body(cast, event, 8))
    assert "next quarter" not in said and "after your time" in said
    request = HALDEN.accounts[0].requests[0].id
    asked = told("requested", {"request": request, "due": 9})
    assert "Answer by" not in headline(cast, asked)


def test_the_parts_of_account_profit_add_up_as_shown():
    rng = np.random.default_rng(2)
    names = ("margin", "cost_to_serve", "team", "capital", "credits")
    for _ in range(200):
        now = {name: int(rng.integers(-(10**8), 10**8)) for name in names}
        now["profit_booked"] = sum(now.values())
        said = profit_parts(CAST, now).replace("\N{MINUS SIGN}", "-").replace("+", "").replace(",", "")
        whole, *parts = [int(sign + figure) for sign, figure in re.findall(r"(-?)€(\d+)", said)]
        assert whole == sum(parts)
        line = profit_line(CAST, "orvik", now).replace("\N{MINUS SIGN}", "-").replace(",", "")
        whole, *parts = [int(figure) for figure in re.findall(r"-?\d+", line)]
        assert whole == sum(parts)


def test_an_offer_that_leaves_the_price_says_what_is_not_in_the_figure(seen):
    row = PARAMS.accounts.index("orvik")
    offer = {"change": 0.0, "days": int(seen.days[row, 0]) - 30, "pooled": "yes", "commitment": 0.05}
    beyond = beyond_price(CAST, seen, "orvik", offer)
    said = " ".join(change_lines(CAST, prices(CAST, seen, "orvik"), 0.0, beyond))
    assert "changes nothing" not in said and "30 days sooner saves about €" in said and "fewer trips" in said


def test_the_second_year_shows_last_years_rank_and_a_review_gets_its_due():
    order = list(PARAMS.accounts)
    figures = dict.fromkeys(order, 1_000_000_00.0)
    profit = {name: (place + 1) * 10_000_000.0 for place, name in enumerate(order)}
    data = {"year": 1, "by_sales": order, "by_profit": order[::-1], "guess": order, "sales": figures, "profit": profit}
    booked = {**profit, order[0]: profit[order[0]] + 9_000_000}
    first = " ".join(reveal_lines(CAST, data, booked, figures, reviewed={order[0]}))
    assert "You said 1st." in first and first.endswith("hid it, until you had it reviewed.")
    second = " ".join(reveal_lines(CAST, data, booked, figures, last=order))
    assert "You said" not in second and "Last year 1st." in second and second.endswith("hid it.")


def test_a_share_of_everybodys_service_cost_is_not_called_this_customers_trips():
    why = Why("orvik", 0.0, -500_000.0, {"cost_to_serve": -500_000.0})
    assert why_lines(CAST, why, shared=True)[0].text.startswith("A larger share")
    assert why_lines(CAST, why)[0].text.startswith("More trips")


def test_a_reason_for_every_cause_and_they_sum_to_the_cent():
    assert set(CAUSES) < set(CAUSE_WORDS)
    rng = np.random.default_rng(1)
    for size in [0, 1, 2, 3, 4, 5, 17] * 40:
        chosen = rng.permutation(list(CAUSES))[:size]
        parts = {str(cause): float(rng.integers(-40_000_000, 40_000_000)) for cause in chosen}
        before = float(rng.integers(-(10**8), 10**8))
        why = Why("orvik", before, before + sum(parts.values()), parts)
        lines = why_lines(CAST, why)
        assert len(lines) <= 4
        causes = [abs(line.cents) for line in lines if line.cause != "rest"]
        assert all(abs(line.cents) <= min(causes) for line in lines if line.cause == "rest")
        assert sum(line.cents for line in lines) == sum(parts.values())
        shown = sum(line.shown for line in lines)
        assert shown == (round(why.after / 100_000) - round(before / 100_000)) * 1000 or not parts
        assert all(f"{abs(line.shown):,}" in line.text for line in lines)
        assert why_head(CAST, why, "orvik", 0.03)


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (124_000_000, "€1.24m"),
        (3_800_000, "€38,000"),
        (-340_000, "\N{MINUS SIGN}€3,400"),
        (0, "€0"),
        (-10, "€0"),
        (4_000, "€40"),
        (99_960_000, "€1.00m"),
    ],
)
def test_money(cents, said):
    assert money(cents) == said


def test_small_words():
    assert percent(0.185, 1) == "18.5%" and percent(-0.2) == "\N{MINUS SIGN}20%"
    assert quarter_name(HALDEN, 1) == "Q1 2026" and quarter_name(HALDEN, 8) == "Q4 2027"
    assert set(RHYTHM_WORDS) == set(RHYTHMS) and set(TRADE_WORDS) == set(TRADES)
    assert set(MENU) == set(MOVES)
    assert set(REASONS) == set(Refusal)


def test_break_even_is_the_textbook_one():
    """A cut c out of a margin m needs c / (m - c) more volume."""
    assert repays_at(5.0, 30.0) == pytest.approx(0.2)
    assert repays_at(30.0, 30.0) is None
    assert repays_at(-5.0, 30.0) == pytest.approx(-1 / 7)


def test_no_wording_holds_a_placeholder_or_a_dash_for_a_pause():
    texts = [text for pair in CAUSE_WORDS.values() for text in pair]
    texts += [*(entry.name for entry in MENU.values()), *AGENDA_WORDS.values(), *TRADE_WORDS.values()]
    assert not [text for text in texts if re.search("[{}\u2014]", text)]


def test_a_why_about_projects_names_those_that_were_known() -> None:
    """The line says which initiatives it may mean, as last seen; with none known it says how to find out; a log from
    before that was kept says neither."""
    cast = CAST
    why = {"account": "kestrel", "before": 100_000_00, "after": 90_000_00, "parts": {"initiatives": -10_000_00}}
    name = next(item for item in HALDEN.accounts if item.id == "kestrel").initiatives[0]
    for seen, text in (
        (
            {name.id: "delayed"},
            f"What their projects call for (last seen: {name.name} is delayed; it may have moved since): ",
        ),
        ({}, "What their projects call for (you know of none that lives; ask about results): "),
        (None, "What their projects call for: "),
    ):
        (line,) = why_lines(cast, why if seen is None else {**why, "seen": seen})
        assert line.text.startswith(text), line.text
