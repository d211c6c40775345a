"""Fifty deliberate breaks: one line of the code made wrong, and the tests that must notice.

Each names the rule that it breaks, and where the line stands in two layouts of the package: the old one, in which words
lay in ``game/wording_*.py``, and today's. So the same fifty show that a move of the house took no proof away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LAYOUTS: Final = ("old", "new")
OLD_TESTS: Final = {
    "tests/view/test_words.py": "tests/game/test_wording.py",
    "tests/view/test_case_words.py": "tests/game/test_wording_cases.py",
}
"""By file of tests: where it lay in the old layout."""


@dataclass(frozen=True)
class Line:
    """A line of the package: its file, a text that stands there exactly once, and what that becomes."""

    file: str
    text: str
    broken: str


@dataclass(frozen=True)
class Break:
    """One deliberate break. ``caught_by``: tests of today's layout, each of which fails."""

    name: str
    rule: str
    new: Line
    caught_by: tuple[str, ...]
    old: Line | None = None
    """Where it stood in the old layout; None where nothing moved or changed."""

    def line(self, layout: str) -> Line:
        """The line in a layout."""
        return self.old if layout == "old" and self.old is not None else self.new

    def tests(self, layout: str) -> list[str]:
        """The tests in a layout."""
        if layout == "new":
            return list(self.caught_by)
        made = []
        for test in self.caught_by:
            file, mark, name = test.partition("::")
            made.append(f"{OLD_TESTS.get(file, file)}{mark}{name}")
        return made


def moved(old: str, new: str, text: str, broken: str) -> dict[str, Line]:
    """A line that only moved to another file."""
    return {"old": Line(old, text, broken), "new": Line(new, text, broken)}


ENGINE: Final = (
    Break(
        "a rebate on the list price",
        "a rebate is paid on what was invoiced",
        Line(
            "engine/ledger.py",
            "np.multiply(invoiced, -now.rebate, out=off_invoice)",
            "np.multiply(list_sales, -now.rebate, out=off_invoice)",
        ),
        ("tests/engine/test_oracle.py::test_every_ledger_line_is_what_a_hand_makes_it",),
    ),
    Break(
        "capital by the month",
        "the cost of capital is a year's, and days to pay are out of ninety",
        Line("engine/ledger.py", "(-params.cost_of_capital / 4.0 / 90.0)", "(-params.cost_of_capital / 4.0 / 30.0)"),
        ("tests/engine/test_oracle.py::test_every_ledger_line_is_what_a_hand_makes_it",),
    ),
    Break(
        "unit cost is earned",
        "what the goods cost is taken from sales",
        Line(
            "engine/ledger.py",
            "np.multiply(done.volume, -now.unit_cost, out=variable)",
            "np.multiply(done.volume, now.unit_cost, out=variable)",
        ),
        ("tests/engine/test_oracle.py::test_every_ledger_line_is_what_a_hand_makes_it",),
    ),
    Break(
        "mended without money as well as with it",
        "without money for the damage an incident is put right by four fifths at most",
        Line("engine/service.py", "WITHOUT_REDRESS: Final = 0.8", "WITHOUT_REDRESS: Final = 1.0"),
        ("tests/engine/test_surroundings.py::test_recovery_by_hand",),
    ),
    Break(
        "expected prices rise at once",
        "the expected price is quick to fall and slow to rise",
        Line(
            "engine/market.py",
            "(DEARER_SLOWLY - CHEAPER_SOON) * np.minimum(gap, NOUGHT)",
            "(DEARER_SLOWLY - CHEAPER_SOON) * np.maximum(gap, NOUGHT)",
        ),
        ("tests/engine/test_oracle.py::test_a_discount_is_absorbed_in_two_quarters_and_forgotten_slowly",),
    ),
    Break(
        "a contract holds nobody",
        "signed Terms slow losses to seven tenths",
        Line("engine/market.py", "SIGNED_LOSS: Final = 0.70", "SIGNED_LOSS: Final = 1.00"),
        ("tests/engine/test_surroundings.py::test_a_signed_contract_slows_losses_by_the_same_factor_for_all",),
    ),
    Break(
        "an incident put right costs trust",
        "trust is lost by what was not put right",
        Line(
            "engine/relations.py",
            "damage = np.where(open_, world.dealings.severity * (1.0 - world.dealings.recovery), 0.0)",
            "damage = np.where(open_, world.dealings.severity * world.dealings.recovery, 0.0)",
        ),
        ("tests/engine/test_monotone.py::test_more_recovery_never_lowers_trust",),
    ),
    Break(
        "a handover keeps the whole tie",
        "a warm handover passes on half of a tie",
        Line(
            "engine/people.py",
            "np.where(handed, HANDED * at.tie[rows, lanes], 0.0)",
            "np.where(handed, at.tie[rows, lanes], 0.0)",
        ),
        ("tests/engine/test_people.py::test_a_warm_handover_passes_half_of_it_on",),
    ),
    Break(
        "a recession pushes the other way",
        "an initiative's force in a recession is added to what pushes it",
        Line("engine/initiatives.py", "pressure += truth.force_in_recession", "pressure -= truth.force_in_recession"),
        ("tests/engine/test_knowing.py::test_a_recession_holds_back_what_earns_later_and_pushes_what_saves_now",),
    ),
    Break(
        "a fact is old when heard",
        "a fact is as old as the quarters since it was heard",
        Line(
            "engine/knowledge.py",
            "known.seen_at.put(places, world.quarter)",
            "known.seen_at.put(places, world.quarter - 1)",
        ),
        ("tests/game/test_events.py::test_a_players_events_hold_only_what_was_learned",),
    ),
    Break(
        "the true cost is seen without a review",
        "cost to serve is an equal share of sales until the account was reviewed",
        Line(
            "engine/sight.py",
            "cost = np.where(world.knowledge.reviewed, ledger.cost_to_serve, ledger.average_cost)",
            "cost = np.where(world.knowledge.reviewed, ledger.cost_to_serve, ledger.cost_to_serve)",
        ),
        ("tests/terminal/test_play.py::test_a_review_shows_what_the_equal_share_hid",),
    ),
    Break(
        "the same luck every quarter",
        "a draw's address has its quarter",
        Line(
            "engine/luck.py",
            "return np.uint64((entity_key(stream) + quarter * _GOLD) & _MASK)",
            "return np.uint64((entity_key(stream) + 0 * quarter * _GOLD) & _MASK)",
        ),
        (
            "tests/engine/test_luck.py::test_draws_are_unrelated",
            "tests/engine/test_luck.py::test_an_address_has_one_draw",
        ),
    ),
    Break(
        "concessions make them greedy",
        "what they want falls with a concession that was given for one",
        Line(
            "engine/talks.py",
            "truth.talk_aspiration[row] - RECIPROCATED *",
            "truth.talk_aspiration[row] + RECIPROCATED *",
        ),
        (
            "tests/engine/test_talks.py::test_a_talk_of_two_issues_worked_out_on_paper",
            "tests/engine/test_talks.py::test_giving_more_never_turns_a_yes_into_a_no",
        ),
    ),
    Break(
        "a commitment is not on top",
        "a signed case commits a share on top of today's",
        Line(
            "engine/cases.py",
            "promised = np.minimum(0.95, market.share[cell][lanes] + added)",
            "promised = np.minimum(0.95, added)",
        ),
        (
            "tests/engine/test_case_oracle.py::test_a_signed_case_goes_as_it_is_projected",
            "tests/engine/test_case_life.py",
        ),
    ),
    Break(
        "wavering costs little",
        "each change of mind costs five points of confidence",
        Line("engine/judgement.py", "WAVERING: Final = 0.05", "WAVERING: Final = 0.01"),
        ("tests/engine/test_case_judgement.py::test_wavering_costs_five_points_each_and_never_more_than_twenty",),
    ),
    Break(
        "a stale page is as good",
        "a page written for another state of its initiative counts half",
        Line(
            "engine/judgement.py",
            "np.where((written >= 0) & (written != state), factor * YESTERDAY, factor)",
            "np.where((written >= 0) & (written != state), factor, factor)",
        ),
        ("tests/engine/test_case_judgement.py::test_a_page_written_for_another_state_keeps_half_its_alignment",),
    ),
    Break(
        "a missed claim is forgiven",
        "a shortfall of half the claim is a miss",
        Line("engine/promises.py", "np.minimum(1.0, np.abs(off) / 0.5)", "np.minimum(1.0, np.abs(off) / 5.0)"),
        ("tests/engine/test_case_oracle.py::test_hit",),
    ),
    Break(
        "a quarter is discounted as a year",
        "flows by quarter are discounted at a yearly rate",
        Line(
            "engine/appraisal.py",
            "np.exp(-quarters / 4.0 * np.log1p(rate))",
            "np.exp(-quarters * np.log1p(rate))",
        ),
        ("tests/engine/test_case_oracle.py::test_net_present_value_to_the_cent",),
    ),
    Break(
        "a trade concedes half",
        "a trade concedes a third of what was asked for",
        Line("engine/moves/answers.py", "round(ask / 3.0 / PRICE_STEP)", "round(ask / 2.0 / PRICE_STEP)"),
        ("tests/engine/test_dealing.py::test_a_trade_concedes_a_third_of_the_ask_in_half_points",),
    ),
    Break(
        "an idea of ours does not help",
        "a rival's idea lands half as well where we were there first",
        Line(
            "engine/rivals.py",
            "np.where(relations.pitched >= quarter - 1, FIRST_THERE, 1.0)",
            "np.where(relations.pitched >= quarter - 1, 1.0, 1.0)",
        ),
        ("tests/engine/test_surroundings.py::test_what_a_strike_brings_by_habit",),
    ),
)

GAME: Final = (
    Break(
        "undone moves are still told",
        "a move that was taken back never happened, and nor did what it told",
        **moved(
            "game/session.py",
            "game/course.py",
            "self.events = [event for event in self.events if id(event) not in gone]",
            "self.events = [event for event in self.events if id(event) in gone or event]",
        ),
        caught_by=("tests/game/test_session.py::test_undo_is_as_if_it_had_never_been_done",),
    ),
    Break(
        "a changed line passes",
        "each line's hash binds it to the one before",
        Line(
            "game/records.py",
            "return found if hashlib.sha256(previous.encode() + body).hexdigest() == found else None",
            "return found if hashlib.sha256(previous.encode() + body).hexdigest() else None",
        ),
        ("tests/game/test_log.py::test_any_changed_byte_is_found_and_placed",),
    ),
    Break(
        "two windows on one log",
        "a log is played in one window at a time",
        **moved("game/log.py", "game/lock.py", "fcntl.LOCK_EX | fcntl.LOCK_NB", "fcntl.LOCK_SH | fcntl.LOCK_NB"),
        caught_by=("tests/game/test_log.py::test_two_windows_cannot_play_one_log",),
    ),
    Break(
        "a moment that passed is not told",
        "a moment that nobody answered is told at the close",
        Line(
            "game/events/moments.py",
            'return [MomentEnded(moment=params.moments[row], phase="passed") for row in passed.tolist()]',
            "return []",
        ),
        ("tests/game/test_casework.py::test_a_moment_is_played_in_three_steps_and_its_clock_is_logged",),
        Line(
            "game/case_events.py",
            'events.append(told("moment_ended", moment=params.moments[row], phase="passed"))',
            'told("moment_ended", moment=params.moments[row], phase="passed")',
        ),
    ),
    Break(
        "absence is thought",
        "a gap without a sign of life counts two minutes at most",
        Line(
            "game/parts.py",
            "self.spent += min(max(0.0, now - self.last), IDLE)",
            "self.spent += max(0.0, now - self.last)",
        ),
        ("tests/game/test_session.py::test_thinking_time_leaves_out_absence",),
    ),
    Break(
        "what is due later is left undone",
        "what a close would leave undone is what falls due by then",
        **moved(
            "game/session.py",
            "game/course.py",
            "if seen.request_due[row, 0] <= seen.quarter]",
            "if seen.request_due[row, 0] > seen.quarter]",
        ),
        caught_by=("tests/game/test_session.py::test_open_matters",),
    ),
    Break(
        "forged figures are near enough",
        "a replay compares states within 1e-9",
        Line("game/books.py", "NEAR: Final = 1e-9", "NEAR: Final = 1e-1"),
        ("tests/game/test_log.py::test_forged_figures_are_found",),
    ),
    Break(
        "why profit moved shows the true cost",
        "booked cost is an equal share of sales until an account was reviewed",
        **moved(
            "game/closing.py",
            "game/events/closing.py",
            "cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.average_cost)",
            "cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.cost_to_serve)",
        ),
        caught_by=("tests/game/test_events.py::test_books_hide_the_cost_of_accounts_that_were_not_reviewed",),
    ),
)

VIEW: Final = (
    Break(
        "what was known is called news",
        "what is heard again unchanged is confirmed, not learned",
        **moved(
            "game/wording_facts.py",
            "view/words/facts.py",
            "groups = old if _held(fact, quarter) else new",
            "groups = new if _held(fact, quarter) else old",
        ),
        caught_by=("tests/view/test_words.py::test_what_was_known_is_confirmed_and_what_is_new_is_learned",),
    ),
    Break(
        "a rival sits at the table for ever",
        "a rival's attack is told as long as more than half of its cut lasts",
        **moved(
            "game/wording_names.py",
            "view/words/names.py",
            "since <= quarter < since + ATTACK_RUNS:",
            "since <= quarter < since + 9 * ATTACK_RUNS:",
        ),
        caught_by=(
            "tests/view/test_words.py::test_nobody_says_that_no_rival_comes_where_one_sits_at_the_table_or_the_customer_asks",
        ),
    ),
    Break(
        "a gap's thousands do not add up",
        "the parts of a gap add up as shown",
        **moved(
            "game/wording_promises.py",
            "view/words/promises.py",
            "units[largest] += actual - claim - sum(units.values())",
            "units[largest] += 0 * (actual - claim - sum(units.values()))",
        ),
        caught_by=("tests/view/test_case_words.py::test_the_split_of_a_gap_adds_up_in_thousands",),
    ),
    Break(
        "a loss in the words of a gain",
        "a cause that took from profit is told as one",
        **moved(
            "game/wording_books.py", "view/words/books.py", "{words[cause][value < 0]}", "{words[cause][value > 0]}"
        ),
        caught_by=(
            "tests/view/test_words.py::test_a_share_of_everybodys_service_cost_is_not_called_this_customers_trips",
        ),
    ),
    Break(
        "a refusal for another reason",
        "signed terms are named as what stands in the way, with their end",
        old=Line(
            "game/wording_moves.py",
            "Refusal.UNDER_CONTRACT: _under_contract,",
            "Refusal.UNDER_CONTRACT: _below_agreed,",
        ),
        new=Line(
            "view/menu/prices.py",
            "Refusal.UNDER_CONTRACT: Reason(_under_contract),",
            "Refusal.UNDER_CONTRACT: Reason(_below_agreed),",
        ),
        caught_by=("tests/view/test_words.py::test_signed_terms_say_until_when",),
    ),
    Break(
        "above a range is called below",
        "a promise that came to more than its range is said to lie above it",
        **moved(
            "game/wording_promises.py",
            "view/words/promises.py",
            'if data["actual"] > data["high"] else ", below your range"',
            'if data["actual"] < data["high"] else ", below your range"',
        ),
        caught_by=("tests/view/test_case_words.py::test_eight_times_in_ten_is_told_beside_what_happened",),
    ),
    Break(
        "break-even on the old margin",
        "a cut c out of a margin m needs c / (m - c) more volume",
        **moved(
            "game/wording_prices.py",
            "view/words/prices.py",
            "return given / left if left > 1e-9 else None",
            "return given / margin if left > 1e-9 else None",
        ),
        caught_by=("tests/view/test_words.py::test_break_even_is_the_textbook_one",),
    ),
    Break(
        "half is called a fifth",
        "the condition that caps halves what they commit",
        **moved(
            "game/wording_answers.py",
            "view/case/answers.py",
            "{percent(part / 2.0, 1)} committed instead of",
            "{percent(part / 5.0, 1)} committed instead of",
        ),
        caught_by=("tests/view/test_case_words.py::test_a_condition_says_what_the_rules_do",),
    ),
    Break(
        "a shut door opens a quarter late",
        "a door that was shut says from when it may be asked again",
        **moved(
            "game/wording_moves.py",
            "view/menu/contact.py",
            "return int(seen.shut_until[seen.params.people.index(person), 0]) + 1 if person else 0",
            "return int(seen.shut_until[seen.params.people.index(person), 0]) + 2 if person else 0",
        ),
        caught_by=("tests/view/test_words.py::test_a_door_that_was_shut_says_from_when_it_may_be_asked_again",),
    ),
    Break(
        "old facts prepare a card",
        "a card on the spot is prepared while its facts are fresh",
        **moved(
            "game/wording_moments.py",
            "view/words/moments.py",
            "return bool(ages[0] <= RECENT), age(",
            "return bool(ages[0] <= 9 * RECENT), age(",
        ),
        caught_by=("tests/view/test_case_words.py::test_a_card_is_prepared_when_its_facts_are_known_and_fresh",),
    ),
)

DEBRIEF: Final = (
    Break(
        "amounts ten times too large",
        "money in oTree's files is in whole currency with two decimals",
        Line("debrief/exports/otree.py", "Decimal(cents).scaleb(-2)", "Decimal(cents).scaleb(-1)"),
        ("tests/debrief/test_exports.py::test_files_in_otree_s_shape",),
    ),
    Break(
        "a name becomes a formula",
        "a text that begins like a formula has an apostrophe before it",
        Line("debrief/exports/sink.py", 'RISKY: Final = ("=", "+",', 'RISKY: Final = ("+", "+",'),
        ("tests/debrief/test_exports.py::test_no_text_becomes_a_formula",),
    ),
    Break(
        "ids of no standard",
        "ids of statements are name-based ones, version 5 of the standard",
        Line("debrief/exports/xapi.py", "made[6] & 0x0F | 0x50", "made[6] & 0x0F | 0x40"),
        ("tests/debrief/test_exports.py::test_name_based_ids_are_those_of_the_standard",),
    ),
    Break(
        "shares do not add up",
        "shares sum to the cent to what all come to beyond none",
        Line("debrief/shares.py", "for step in range(abs(left)):", "for step in range(0 * abs(left)):"),
        ("tests/debrief/test_attribution.py::test_shares_of_two_that_need_each_other_are_halves",),
    ),
    Break(
        "a member keeps their name",
        "pseudonyms stand for the names of a team's members",
        Line(
            "debrief/pseudonyms.py",
            'members.append(pseudonym(secret, "member", member))',
            "members.append(member)",
        ),
        ("tests/debrief/test_exports.py::test_pseudonyms_leave_no_name_in_any_file",),
    ),
    Break(
        "the best are rated low",
        "a behaviour is Low below its lower cut",
        Line("debrief/competencies.py", '"Low" if score < low else "Medium"', '"Low" if score > low else "Medium"'),
        ("tests/debrief/test_competencies.py::test_levels_follow_occasions_and_cuts",),
    ),
)

FACES: Final = (
    Break(
        "less than nothing is more",
        "a number with a minus is below none",
        Line(
            "view/words/numbers.py",
            'sign = -1.0 if found[1] and found[1] != "+" else 1.0',
            'sign = 1.0 if found[1] and found[1] != "+" else 1.0',
        ),
        ("tests/terminal/test_play.py::test_numbers_as_people_type_them",),
        Line(
            "terminal/talk.py",
            'return -value if found[1] in ("-", "\\u2212") else value',
            'return value if found[1] in ("-", "\\u2212") else value',
        ),
    ),
    Break(
        "the choice above",
        "a number picks the choice that bears it",
        Line("terminal/talk.py", "return choices[number - 1]", "return choices[number - 2]"),
        ("tests/terminal/test_play.py::test_choosing_by_number_word_and_beginning",),
    ),
    Break(
        "a letter too faint to read",
        "text has a contrast of at least 4.5 in every theme",
        Line("look/colours.py", '"ink3": "#566580"', '"ink3": "#A6B5D0"'),
        ("tests/desktop/test_theme.py::test_text_stands_out_from_its_ground",),
    ),
    Break(
        "the clock runs while it is paused",
        "a moment's clock stands still while it is paused",
        **moved(
            "desktop/softclock.py",
            "view/softclock.py",
            "self._rested += self._clock() - self._paused_at",
            "self._rested += 0.0 * self._paused_at",
        ),
        caught_by=("tests/desktop/test_spot.py::test_the_soft_clock_ends_nothing_and_rests_while_nobody_looks",),
    ),
    Break(
        "a request may wait for ever",
        "a request falls due two quarters after its own at most",
        Line("scenario/crosscheck_customer.py", "LONGEST_DEADLINE = 2", "LONGEST_DEADLINE = 20"),
        ("tests/scenario/test_lint.py",),
        Line("scenario/crosscheck.py", "LONGEST_DEADLINE = 2", "LONGEST_DEADLINE = 20"),
    ),
    Break(
        "a tilde is text",
        "plain scalars are those of YAML 1.2",
        Line("scenario/yaml_text.py", '**dict.fromkeys(("", "~", "null",', '**dict.fromkeys(("", "null",'),
        ("tests/scenario/test_reader.py::test_plain_scalars_are_yaml_1_2",),
    ),
)

BREAKS: Final = (*ENGINE, *GAME, *VIEW, *DEBRIEF, *FACES)
