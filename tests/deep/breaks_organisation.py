"""Deliberate breaks of what an organisation does: team, programme, support, joint initiatives, plans, and their words."""

from __future__ import annotations

from typing import Final

from tests.deep.breaks import Break, Line

_TEAM, _TOGETHER, _OWN = (f"tests/engine/test_{name}.py" for name in ("team", "together", "own_company"))


def _broken(name: str, rule: str, file: str, change: tuple[str, str], *caught_by: str) -> Break:
    """One line of a file of the engine, the game or the views made wrong, and who notices."""
    return Break(name, rule, Line(file, *change), caught_by)


TEAM: Final = (
    _broken(
        "load does not wear", "load above the full one strains", "engine/team.py",
        ("worn = WEARS * np.maximum(0.0, load(world, params) - FULL)", "worn = 0.0 * load(world, params)"),
        f"{_TEAM}::test_load_wears_out_and_rest_and_help_mend",
    ),
    _broken(
        "nobody rests", "strain goes by itself", "engine/team.py",
        ("- REVIEWED * at.reviewed - RESTS", "- REVIEWED * at.reviewed"),
        f"{_TEAM}::test_load_wears_out_and_rest_and_help_mend",
    ),
    _broken(
        "coaching teaches nothing", "coaching adds to a skill", "engine/team.py",
        ("+ LEARNS_COACHED * helped * (1.0 - at.skill)", "+ 0.0 * LEARNS_COACHED * helped"),
        f"{_TEAM}::test_load_wears_out_and_rest_and_help_mend",
    ),
    _broken(
        "a letter on the first day", "nobody gives notice in the first quarter", "engine/team.py",
        ("hazard = RESIGNS * np.exp(STRAIN_PULL * at.strain) * (quarter > 1)",
         "hazard = 20.0 * RESIGNS * np.exp(STRAIN_PULL * at.strain) * (quarter > 0)"),
        _TEAM, "tests/view/test_own.py",
    ),
    _broken(
        "all ties stay", "half of our ties leave with whoever looked after a customer", "engine/team.py",
        ("world.people.tie[person, here] *= TIES_LEFT", "world.people.tie[person, here] *= 1.0"),
        f"{_TEAM}::test_whoever_gave_notice_is_gone_a_quarter_later_with_half_the_ties",
    ),
    _broken(
        "a successor is known", "nobody knows how good somebody new is", "engine/team.py",
        ("at.seen_at[row, lanes] = at.strain_at[row, lanes] = -1", "at.strain_at[row, lanes] = -1"),
        f"{_TEAM}::test_whoever_gave_notice_is_gone_a_quarter_later_with_half_the_ties",
    ),
    _broken(
        "par is not one", "work of somebody of par skill goes as it always did", "engine/team.py",
        ("better: Lanes = (level / PAR) ** RETURNS", "better: Lanes = (level / (PAR + 0.01)) ** RETURNS"),
        f"{_TEAM}::test_skill_is_a_factor_that_is_one_at_par_and_a_specialist_stands_in",
    ),
    _broken(
        "specialists work for nothing", "a borrowed specialist is paid for", "engine/team.py",
        ("paid: Lanes = np.rint(FEE * params.specialist_cost)", "paid: Lanes = np.rint(0.0 * params.specialist_cost)"),
        f"{_TEAM}::test_skill_is_a_factor_that_is_one_at_par_and_a_specialist_stands_in",
    ),
    _broken(
        "a team grows by being small", "a team is as large as it is written, whatever it brings", "engine/team.py",
        ("/ np.maximum(at.brought, PAR)", "/ np.maximum(at.brought, 0.1)"),
        f"{_TEAM}::test_a_team_is_as_large_as_it_is_written_whatever_it_brings_and_learns_its_way_beyond",
    ),
    _broken(
        "overload goes nowhere", "what the player cannot carry loads the team", "engine/team.py",
        ("(carried + beyond * free / total(free)) / own", "carried / own"),
        f"{_TEAM}::test_what_the_player_cannot_carry_goes_to_whoever_has_time",
    ),
)  # fmt: skip

COMPANY: Final = (
    _broken(
        "status for nothing", "naming a customer key costs money", "engine/programme.py",
        ("own.booked[account, lanes] += at_once", "own.booked[account, lanes] += 0.0 * at_once"),
        f"{_OWN}::test_naming_a_customer_costs_to_the_cent_and_ending_it_saves_the_rest_and_costs_trust",
    ),
    _broken(
        "demotion is forgiven", "ending key status costs trust", "engine/programme.py",
        ("trust[account, lanes] - DEMOTED)", "trust[account, lanes])"),
        f"{_OWN}::test_naming_a_customer_costs_to_the_cent_and_ending_it_saves_the_rest_and_costs_trust",
    ),
    _broken(
        "everybody is key", "more key customers than can be served share what is there", "engine/programme.py",
        ("key * np.minimum(1.0, params.own.span / np.maximum(total(key), 1.0))", "key * 1.0"),
        f"{_OWN}::test_key_status_is_shared_and_pays_where_a_customer_thinks_in_years",
    ),
    _broken(
        "quotations love status", "key status pulls as a customer thinks in years", "engine/programme.py",
        ("pull: Lanes = PREFERRED * world.truth.orientation * shares", "pull: Lanes = PREFERRED * shares"),
        f"{_OWN}::test_key_status_is_shared_and_pays_where_a_customer_thinks_in_years",
    ),
    _broken(
        "naming counts as a bad year", "what naming cost is not held against the year", "engine/programme.py",
        ("own.earned = own.earned + total(ledger.contribution) + total(own.booked)",
         "own.earned = own.earned + total(ledger.contribution)"),
        f"{_OWN}::test_a_year_is_held_against_the_plan_and_patience_ends_in_a_reset_that_is_told",
    ),
    _broken(
        "patience never ends", "a programme is rebuilt once patience is at an end", "engine/programme.py",
        ("own.support = np.where(where, unit(own.support - RESET_SUPPORT), own.support)",
         "own.support = np.where(where, unit(own.support), own.support)"),
        f"{_OWN}::test_a_year_is_held_against_the_plan_and_patience_ends_in_a_reset_that_is_told",
    ),
    _broken(
        "networks last for ever", "what nobody keeps up fades", "engine/support.py",
        ("unit(level + arrives - FADES * (level - usual))", "unit(level + arrives)"),
        f"{_OWN}::test_an_afternoon_builds_support_or_knowledge_twice_a_quarter_and_fades_again",
    ),
    _broken(
        "a whole week of coffee", "two functions a quarter count", "engine/support.py",
        ("MOST_NETWORKED: Final = 2", "MOST_NETWORKED: Final = 4"),
        f"{_OWN}::test_an_afternoon_builds_support_or_knowledge_twice_a_quarter_and_fades_again",
    ),
    _broken(
        "results do not count", "the sales leader goes by word and by results", "engine/moves/support.py",
        ("+ BY_WORD * word + BY_RESULTS * there)", "+ BY_WORD * word)"),
        f"{_OWN}::test_the_sales_leader_goes_by_word_and_results_and_a_yes_arrives_over_a_year",
    ),
)  # fmt: skip

TOGETHER: Final = (
    _broken(
        "building is free", "design and build take spending", "engine/joint.py",
        ("np.where(building, np.rint(own.joint_cost * world.truth.joint_wallet), 0.0)", "np.where(building, 0.0, 0.0)"),
        f"{_TOGETHER}::test_it_costs_first_and_brings_later_and_its_scorecard_is_the_books",
    ),
    _broken(
        "nobody misses a sponsor", "half is left once a sponsor is lost", "engine/joint.py",
        ("strength = np.where(at.lost > 0, HALF, 1.0)\n    return", "strength = np.where(at.lost > 0, 1.0, 1.0)\n    return"),
        f"{_TOGETHER}::test_the_loss_of_a_sponsor_halves_it_and_of_both_ends_it",
    ),
    _broken(
        "greed is welcome", "a larger part of the gain is refused more often", "engine/joint.py",
        ("YES_LIKED * stance - YES_LESS * (share - SHARES[0])", "YES_LIKED * stance"),
        f"{_TOGETHER}::test_who_trades_says_not_yet_and_a_larger_part_is_refused_more_often",
    ),
    _broken(
        "traders build too", "who trades says not yet", "engine/moves/together.py",
        ("willing &= there[gate] > 0", "willing &= there[gate] >= 0"),
        f"{_TOGETHER}::test_who_trades_says_not_yet_and_a_larger_part_is_refused_more_often",
    ),
    _broken(
        "leaving is free", "leaving what was agreed costs trust", "engine/moves/together.py",
        ("world.relations.trust[account, lanes] *= 1.0 - LEAVING_TRUST\n    stance = world.people.stance[sponsor, lanes]\n"
         "    world.people.stance[sponsor, lanes] = unit(stance - LEAVING_STANCE, -1.0)", "stance = 0.0"),
        f"{_TOGETHER}::test_to_leave_it_costs_trust_and_their_sponsor",
    ),
)  # fmt: skip

ORGANISATION: Final = (*TEAM, *COMPANY, *TOGETHER)
