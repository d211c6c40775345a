"""Our own side as text: the team, the programme, what is built together, and the account plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.terminal.asking import ask
from kamsim.terminal.talk import Choice
from kamsim.view import joint, own, plan, programme, team
from kamsim.view.menu.catalogue import MENU
from kamsim.view.menu.lines import word
from kamsim.view.words.team import TARGET_TITLES

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.menu.lines import Way
    from kamsim.view.questions import Question

FIRST: Final = {"assign": "account", "borrow": "specialist", "start_joint": "joint", "name_key": "account"}
"""By kind of move: what is chosen first, where a list of all ways would be long."""
WORDS: Final = {
    "team": ("our team: who does it, who looks after whom", ()),
    own.PROGRAMME: ("who is key, management's plan, who helps in our company", ("program", "key")),
    "joint": ("what we build together with customers", ("together",)),
    "plans": ("the account plans", ("plan",)),
}
"""By page: what it is, and what else may be typed for it."""


def words(table: TextTable) -> list[tuple[str, str, tuple[str, ...]]]:
    """The words of the desk that lead to pages of our own side, as far as the scenario has them."""
    return [(name, *WORDS[name]) for name, _ in own.tabs(table)]


def show_team(table: TextTable) -> None:
    """Who is there, how they are, who looks after whom; then what can be done about it."""

    def tell() -> None:
        talk = table.talk
        talk.head(f"{own.TITLE}: the team")
        for member in team.members(table):
            talk.say(f"{member.who}, {member.role}.", 2, 2)
            talk.all([team.load_line(member), *([member.how] if member.how else []), *member.lines], 4)
        led = [
            f"{table.cast.account(account)}: {team.leader(table, account).replace(team.YOU, 'you')}"
            for account in table.accounts
        ]
        if table.cast.colleagues:
            talk.say(f"{team.LEADS}: {'; '.join(led)}. {team.LEADS_HELP}", 2, 2)
            talk.say(team.own_line(table), 2, 2)
            talk.say(f"{team.MEASURED}: {TARGET_TITLES[team.target(table)].lower()}. {team.target_help(table)}", 2, 2)
            talk.all([team.hours_line(table)] if team.hours_line(table) else [], 2)
        if table.cast.specialists:
            talk.part(f"{team.POOL}. {team.fee_line(table)}")
        talk.all([f"{item.title}: {team.expert_line(table, item)}" for item in team.experts(table)], 2)

    _page(table, tell, team.KINDS)


def show_programme(table: TextTable) -> None:
    """Who is key, management's plan, who helps; then what can be done about it."""

    def tell() -> None:
        talk = table.talk
        talk.head(f"{own.TITLE}: the programme")
        if programme.there(table):
            talk.say(programme.key_line(table), 2, 2)
            talk.all([f"{table.cast.account(item.account)}: {item.line}" for item in programme.statuses(table)], 4)
            talk.part(programme.PLAN)
            talk.all(programme.plan_lines(table), 2)
        levels = programme.levels(table)
        if levels:
            talk.part(programme.COMPANY)
        talk.all([f"{item.title}: {item.value * 100:.0f} of 100. {item.line}" for item in levels], 2)

    _page(table, tell, programme.KINDS)


def show_joint(table: TextTable) -> None:
    """What can be built together, with what a start needs, or how far it is; then a start, or the way out."""

    def tell() -> None:
        talk = table.talk
        talk.head(f"{own.TITLE}: built together")
        for item in joint.built(table):
            talk.say(f"{table.cast.account(item.account)}: {item.title}. {item.summary}", 2, 2)
            talk.all([f"{joint.summary(item)}.", *item.stands] if item.running else item.stands, 4)
            talk.all([f"{joint.needs_title(item)}."] if item.needs and item.running else [], 4)
            talk.all([need.line for need in item.needs], 6)
            talk.all([f"{name}: {figure}." for name, figure in item.score], 6)
        talk.say(joint.ONE_AT_A_TIME, 2, 2)

    _page(table, tell, joint.KINDS)


def _page(table: TextTable, tell: Callable[[], None], kinds: Sequence[str]) -> None:
    """Tell a page, then take moves until the player goes back."""
    tell()
    while True:
        there = [kind for kind in kinds if own.doable(table, kind)]
        picked = table.talk.choose([Choice(_offered(table, kind), kind, (kind,)) for kind in there])
        if picked is None:
            return
        _make(table, picked)


def _offered(table: TextTable, kind: str) -> str:
    """A kind of move with its hours, or from when on it can be made, or that it cannot be now."""
    ways = own.doable(table, kind)
    spelt = next((way.spelt for way in ways if way.spelt), "")
    brief = ways[0].brief or "not now"
    off = "" if any(not way.off for way in ways) else f", {brief[:1].lower()}{brief[1:]}"
    return f"{MENU[kind].name}{off}{f' ({spelt})' if spelt else ''}"


def _make(table: TextTable, kind: str) -> bool:
    """Choose a way, step by step where there are many, and make it."""
    known: dict[str, Any] = {}
    offered = own.doable(table, kind)
    if offered[0].off and len({way.off for way in offered}) == 1:
        table.talk.say(offered[0].off)
        return False
    if kind in FIRST:
        name = FIRST[kind]
        there = {way.args[name] for way in offered}
        order = table.accounts if name == "account" else [way.args[name] for way in offered]
        values = [value for value in dict.fromkeys(order) if value in there]
        known[name] = _one(table, [Choice(_first(table, kind, name, item), item, (item,)) for item in values])
        if known[name] is None:
            return False
    ways = own.doable(table, kind, **known)
    way = ways[0] if len(ways) == 1 else _one(table, [Choice(_way(item), item, _called(item, known)) for item in ways])
    if way is None:
        return False
    if way.off:
        table.talk.say(way.off)
        return False
    said = own.warning(table, kind, way.args)
    if said:
        table.talk.say(said)
        if not table.talk.confirm(MENU[kind].name, "Not now"):
            return False
    return table.act(kind, **way.args)


def _first(table: TextTable, kind: str, name: str, value: Any) -> str:
    """What is chosen first; of a customer to hand on, who looks after it now."""
    now = f" ({team.leader(table, value).replace(team.YOU, 'you')} now)" if kind == "assign" else ""
    return f"{word(table.cast, table.seen, name, value)}{now}"


def _one(table: TextTable, choices: list[Choice[Any]]) -> Any:
    """One of some choices; the only one where there is one."""
    return choices[0].value if len(choices) == 1 else table.talk.choose(choices)


def _called(way: Way, known: Mapping[str, Any]) -> tuple[str, ...]:
    """What may be typed for it: the names that are left to choose."""
    return tuple(str(value) for name, value in way.args.items() if name not in known) or ("you",)


def _way(way: Way) -> str:
    brief = way.brief or "not now"
    off = f" ({brief[:1].lower()}{brief[1:]})" if way.off else f" ({way.spelt})" if way.spelt else ""
    off = " (as now)" if way.now else off
    return f"{way.title}{f': {way.note}' if way.note else ''}{off}"


# --- account plans ------------------------------------------------------------------------------------------------


def show_plans(table: TextTable) -> None:
    """Every customer's plan in a line; one of them by its number."""
    talk, cast = table.talk, table.cast
    while True:
        talk.head(f"{own.TITLE}: account plans")
        talk.say(plan.HELP)
        choices = [Choice(f"{cast.account(name)}: {plan.listed(table, name)}", name) for name in table.accounts]
        account = talk.choose(choices)
        if account is None:
            return
        show_plan(table, account)


def show_plan(table: TextTable, account: str) -> None:
    """One plan, written, shared, or written anew."""
    talk = table.talk
    while True:
        made = plan.written(table, account)
        talk.part(f"{plan.TITLE}: {table.cast.account(account)}")
        talk.all([f"{name}: {text}" for name, text in made.parts] if made else [plan.NOT_WRITTEN], 2)
        talk.all([f"{plan.STATUS_CHIPS[made.status][0]}. {made.line}"] if made else [], 2)
        choices = [Choice("Write it" if made is None else "Write it anew", "write", ("write",))]
        if plan.may_share(table, account):
            hours = table.takes("share_plan", account=account)
            choices.append(Choice(f"{MENU['share_plan'].name} ({hours:.0f} hours)", "share", ("share", "show")))
        if plan.may_rename(table, account):
            choices.append(Choice("Name somebody else to see to it", "who", ("who", "name")))
        picked = talk.choose(choices)
        if picked is None:
            return
        if picked == "who":
            _rename(table, account)
        elif picked == "share":
            talk.say(plan.SHARE_HELP)
            if talk.confirm("Show it to them", "Not now"):
                table.act("share_plan", account=account)
        else:
            _write(table, account)


def _write(table: TextTable, account: str) -> bool:
    """Ask for the three parts, and write it."""
    said = plan.start(table, account)
    off = plan.why_not(table, account, said) if said["initiative"] is None else ""
    if off:
        table.talk.say(off)
        return False
    for title, _ in plan.questions(table, account, said):
        table.talk.part(title)
        for question in _asked(table, account, said, title):
            if not ask(table.talk, question, said.__setitem__, back="Drop the plan", mark=""):
                return False
    return table.act("write_plan", **plan.arguments(account, said))


def _rename(table: TextTable, account: str) -> bool:
    """Ask who sees to the plan that runs, and change that alone."""
    said = plan.start(table, account)
    answered = [ask(table.talk, question, said.__setitem__) for question in plan.owner(table, said)]
    return all(answered) and table.act("write_plan", **plan.arguments(account, said))


def _asked(table: TextTable, account: str, said: dict[str, Any], title: str) -> list[Question]:
    return dict(plan.questions(table, account, said))[title]


PLACES: Final[dict[str, Callable[[TextTable], None]]] = {
    "team": show_team,
    own.PROGRAMME: show_programme,
    "joint": show_joint,
    "plans": show_plans,
}
