"""Knowing a customer: the timeline of its initiatives as they were seen, and the radar of signals across customers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.people import brush, stance
from kamsim.desktop.screens.practice import practice_row
from kamsim.desktop.shell import Dialog, Screen
from kamsim.view import timeline
from kamsim.view.pipeline import signed
from kamsim.view.portraits import face
from kamsim.view.timeline import Signal, Track, last_seen, learn_more, push_line
from kamsim.view.words.names import STATE_WORDS, age, capital, initiative_named

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.players.seat import Option
    from kamsim.view.timeline import Push

SMALL: Final = charts.NAME.like(size=12)
CELL: Final = charts.NAME.like(size=12, weight="SemiBold")
HEAD, BAR, THIN = 18.0, 30.0, 11.0
LOOKS: Final = {
    "announced": ("track", "ink"), "funded": ("track", "ink"), "executing": ("pos_soft", "pos"),
    "accelerated": ("pos_soft", "pos"), "delayed": ("neg_soft", "neg"), "undermined": ("neg_soft", "neg"),
    "completed": ("card2", "ink2"), "cancelled": ("card2", "ink2"),
}  # fmt: skip
"""By state: ground and ink."""
WORDS: Final = {**STATE_WORDS, "announced": "announced"}
"""By state: the word that it has everywhere, without what follows it."""
MOST_SIGNALS: Final = 24
INSIGHT_HELP: Final = (
    "An insight is something for their plan that they did not ask for. First build it, then bring it: it opens doors."
)


def timeline_cards(page: Screen) -> list[Node]:
    """One card an initiative that we heard of."""
    play, cast = page.play, page.play.cast
    found = timeline.tracks(cast, play.seen, play.session.events, page.account)
    if not found:
        text = "You have heard of no initiative here. Meet people about their results, or read up on them."
        return [Card(children=[Text(text=text)], tone="soft")]
    legend = "Solid: seen in that quarter. Hatched: believed, since nobody has told you otherwise."
    cards: list[Node] = [Text(text=legend, style="small"), Text(text=INSIGHT_HELP, style="small")]
    for track in found:
        rows: list[Node] = [
            Text(text=initiative_named(cast, track.initiative), style="strong"),
            Text(text=last_seen(play.seen, track), style="ink"),
            _lanes(page, track),
        ]
        if not track.over:
            rows += [_push(page, track, push) for push in track.pushes]
        helps = [f"{what}, {cast.quarter(when)}" for when, what in track.helps.items()]
        if helps:
            rows.append(Text(text=f"From us: {'; '.join(helps)}."))
        rows.append(Text(text=learn_more(cast, play.seen, track), style="ink"))
        moves = _moves(page, track)
        if not (track.over and all(move.off for move in moves)):
            rows.append(Flow(children=moves, gap=8))
        cards.append(Card(children=rows, gap=8))
    return [*cards, *practice_row(page.shell)]


def _lanes(page: Screen, track: Track) -> Drawing:
    """States by quarter, then a bar for each force."""
    cast, now = page.play.cast, page.play.quarter
    cells = tuple(track.at(quarter) for quarter in range(1, now + 1))
    names = tuple(cast.quarter(quarter) for quarter in range(1, now + 1))
    helps = tuple(sorted(track.helps))
    pushes = tuple((cast.forces[push.force].name, tuple(sorted(push.heard.items()))) for push in track.pushes)

    def high(width: float) -> float:
        metrics = Metrics(1.0)
        return HEAD + BAR + 6 + sum(metrics.high(name, SMALL, width) + THIN + 8 for name, _ in pushes)

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        step = min(110.0, rect.w / max(1, len(cells)))
        for place, name in enumerate(names):
            short = name.split()[0]
            room = step if painter.wide("Q4", SMALL) <= step - 2 else 4 * step
            if room == step or place % 4 == 0:
                full = place % 4 == 0 and painter.wide(name, SMALL) <= room - 4
                painter.text(rect.x + place * step + 2, rect.y + 8, name if full else short, SMALL, colour="ink3")
        _states(painter, rect, cells, step)
        for quarter in helps:
            painter.icon(rect.x + quarter * step - 9, rect.y + HEAD + 8, "check", 13, "accent", 2.2)
        y = rect.y + HEAD + BAR + 6
        for name, known in pushes:
            y += painter.paragraph(rect.x, y, name, SMALL.like(colour="ink2"), rect.w) + 2
            _force(painter, rect.x, y, step, known, now)
            y += THIN + 6

    said = ", ".join(f"{names[place]} {WORDS.get(state, 'unknown')}" for place, (state, _) in enumerate(cells))
    return Drawing(draws=(cells, pushes, helps), high=high, brush=brush, says=said)


def _states(painter: Painter, rect: Rect, cells: Sequence[tuple[str, bool]], step: float) -> None:
    """One box a quarter, and the word where a run of one state is wide enough for it."""
    y = rect.y + HEAD
    for place, (state, seen) in enumerate(cells):
        box = Rect(rect.x + place * step + 1, y, step - 2, BAR)
        if not state:
            painter.box(box, 3, "card", "line2")
            continue
        ground, ink = LOOKS[state]
        painter.box(box, 3, ground if seen else "card", ink)
        if not seen:
            painter.hatch(box.inset(2), ink, 70)
    for place, (state, seen) in enumerate(cells):
        if not state or not seen:
            continue
        last = place
        while last + 1 < len(cells) and cells[last + 1] == (state, True):
            last += 1
        first = place == 0 or cells[place - 1] != (state, True)
        room = (last - place + 1) * step - 10
        if first and painter.wide(WORDS[state], CELL) <= room:
            ground, ink = LOOKS[state]
            inner = Rect(rect.x + place * step + 4, y + 4, painter.wide(WORDS[state], CELL) + 6, BAR - 8)
            painter.box(inner, 2, ground)
            painter.text(inner.x + 3, y + BAR / 2, WORDS[state], CELL, colour=ink)


def _force(painter: Painter, x: float, y: float, step: float, known: Sequence[tuple[int, str]], now: int) -> None:
    """A force as heard of: outlined while it was coming, solid where heard at work, hatched where only believed."""
    for quarter in range(1, now + 1):
        heard = [acts for when, acts in known if when <= quarter]
        if not heard:
            continue
        seen = any(when == quarter for when, _ in known)
        box = Rect(x + (quarter - 1) * step + 1, y, step - 2, THIN)
        if heard[-1] == "over":
            painter.level(box.x, y + THIN / 2, box.w, "ghost", 4)
        elif heard[-1] == "coming":
            painter.box(box, 3, "card", "warn")
        else:
            painter.box(box, 3, "warn_soft" if not seen else "warn", "warn")
            if not seen:
                painter.hatch(box.inset(1), "warn", 90)


def _moves(page: Screen, track: Track) -> list[Button]:
    """What can be done for an initiative."""
    play, name = page.play, track.initiative
    made = []
    for option in play.options("build_insight", page.account, initiative=name):
        form = str(option.args["form"])
        what = "options" if form == "options" else "a story"
        label = f"Build an insight: {what}, {play.takes('build_insight', **option.args):.0f} h"
        made.append(_button(page, f"build.{name}.{form}", label, "build_insight", option))
    brings = play.options("bring_insight", page.account, initiative=name)
    off = (
        "" if play.open_to("bring_insight", page.account, initiative=name) else play.refused("bring_insight", brings[0])
    )
    act = partial(page.shell.say, off) if off else partial(_bring, page, name)
    made.append(Button(name=f"bring.{name}", label="Bring it to...", off=off, icon="chat", act=act))
    if any(item.renews and item.initiative == name for item in signed(play)):
        option = play.options("renew_case", page.account, initiative=name)[0]
        label = f"Renew what they signed, {play.takes('renew_case', **option.args):.0f} h"
        made.append(_button(page, f"renew.{name}", label, "renew_case", option))
    return made


def _push(page: Screen, track: Track, push: Push) -> Node:
    """What was heard of a force, and our people beside it."""
    play = page.play
    told = Text(text=push_line(play.cast, push, play.quarter))
    if push.now not in ("coming", "working"):
        return told
    buttons = [
        _button(
            page,
            f"back.{push.force}",
            f"Our people on it, {play.takes('back_initiative', **option.args):.0f} h",
            "back_initiative",
            option,
        )
        for option in play.options("back_initiative", page.account, initiative=track.initiative, force=push.force)
    ]
    return Row(children=[told, *buttons], gap=12, align="middle", stack=560, stack_gap=6)


def _button(page: Screen, name: str, label: str, kind: str, option: Option) -> Button:
    off = page.play.refused(kind, option)
    act = partial(page.shell.say, off) if off else partial(_do, page.shell, kind, option.args)
    return Button(name=name, label=label, off=off, act=act, span=0)


def _do(shell: Shell, kind: str, args: dict[str, Any]) -> None:
    """Make a move, and say at the foot what came of it."""
    assert shell.play is not None
    told = shell.play.do(kind, **args)
    good = not told.refused and told.result not in ("stale", "wasted", "nothing_new")
    shell.sounds.play("done" if good else "no")
    shell.close_dialog()
    shell.say(" ".join([told.quote, *told.lines]).strip())
    shell.changed()


def _bring(page: Screen, initiative: str) -> None:
    """Ask who is to hear the insight."""
    play, shell = page.play, page.shell
    cast, owner = play.cast, play.cast.initiatives[initiative].owner
    open_to = play.open_to("bring_insight", page.account, initiative=initiative)

    def more() -> Sequence[Node]:
        rows: list[Node] = []
        for number, option in enumerate(open_to, 1):
            person = cast.people[str(option.args["person"])]
            who = face(cast, person.id, stance(play, person.id))
            rows.append(
                Item(
                    name=f"hear.{person.id}",
                    title=cast.person(person.id),
                    text=f"{person.role}{', runs it' if person.id == owner else ''}",
                    note=f"{play.takes('bring_insight', **option.args):.0f} h",
                    face=brush(who),
                    draws=who,
                    shortcut=str(number),
                    act=partial(_do, shell, "bring_insight", option.args),
                )
            )
        return rows

    close = Button(name="hear.no", label="Not now", act=shell.close_dialog, kind="quiet", shortcut="Esc")
    text = "A story tells executives most, options those who do the work. Whoever runs it is helped by either."
    shell.ask(Dialog("Who hears it?", (text,), (close,), more=more, first=f"hear.{open_to[0].args['person']}"))


class RadarPage(Screen):
    """All signals, the newest first."""

    rail = "radar"
    topic = "radar"

    def title(self) -> str:
        return "Radar"

    def subtitle(self) -> str:
        return "What moves at your customers, how old the word is, and how far to trust it"

    def place(self) -> dict[str, Any]:
        return {"page": "radar"}

    def body(self) -> Node:
        play = self.play
        found = timeline.signals(play.cast, play.seen, play.session.events)
        if not found:
            text = "Nothing yet. Meet people about what could go wrong, or read up on a customer."
            return Card(children=[Text(text=text)], tone="soft")
        news = [signal for signal in found if signal.news]
        rest = [signal for signal in found if not signal.news][:MOST_SIGNALS]
        left = Card(title="Heard", children=self._rows(rest) or [Text(text="Nothing that moves.")], gap=8)
        right = Card(title="In the papers", children=self._rows(news) or [Text(text="Nothing to link.")], gap=8)
        return Row(children=[left, Column(children=[right], span=430)], stack=980, align="top")

    def _rows(self, signals: Sequence[Signal]) -> list[Node]:
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        for signal in signals:
            when = age(play.quarter, play.quarter - signal.age)
            old = signal.faded
            chip = Chip(text=f"{when}, faded" if old else when, icon="clock", tone="plain" if old else "good")
            chips: list[Node] = [chip, Text(text=f"{capital(signal.source)}.", style="small", span=0)]
            head = f"{cast.account(signal.account)}. " if signal.account else ""
            if signal.news:
                act = partial(self._link, signal.news)
                hours = play.takes("link_news", news=signal.news, account=play.accounts[0])
                chips.append(
                    Button(name=f"link.{signal.news}", label=f"Link it to..., {hours:.0f} h", icon="arrow", act=act)
                )
            elif signal.account:
                act = partial(self.shell.open, "account", account=signal.account, tab="timeline")
                name = f"to.{len(rows)}.{signal.account}"
                chips.append(Button(name=name, label="Timeline", kind="quiet", icon="clock", act=act))
            body: list[Node] = [
                Text(text=f"{head}{capital(signal.text)}.", style="small" if signal.faded else "ink"),
                Text(text=signal.means),
                Flow(children=chips, gap=8),
            ]
            if rows:
                rows.append(Rule())
            rows.append(Column(children=body, gap=4))
        return rows

    def _link(self, news: str) -> None:
        """Ask whom the news is about."""
        play, shell = self.play, self.shell

        def more() -> Sequence[Node]:
            rows: list[Node] = []
            for number, account in enumerate(play.accounts, 1):
                option = play.options("link_news", account, news=news)[0]
                off = play.refused("link_news", option)
                act = partial(shell.say, off) if off else partial(_do, shell, "link_news", option.args)
                title = play.cast.account(account)
                key = str(number) if number < 10 else ""
                note = "" if off else f"{play.takes('link_news', **option.args):.0f} h"
                rows.append(Item(name=f"whose.{account}", title=title, note=note, off=off, shortcut=key, act=act))
            return rows

        close = Button(name="whose.no", label="Not now", act=shell.close_dialog, kind="quiet", shortcut="Esc")
        item = play.cast.news[news]
        question = "Whose plans does it touch? A right guess tells you what is coming there before they feel it."
        shell.ask(Dialog(item.title, (item.text, question), (close,), more=more, first=f"whose.{play.accounts[0]}"))

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)
