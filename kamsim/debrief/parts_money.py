"""The parts of a player's page about money: what decisions were worth, price and profit then and now, where lines come
from, joint value."""

from __future__ import annotations

from typing import Final

from kamsim.debrief import casebook, story
from kamsim.debrief.attribution import Attribution, Worth
from kamsim.debrief.record import YEAR, Play
from kamsim.page import charts_bars, charts_spread, charts_time, shell
from kamsim.page.charts import grid
from kamsim.page.charts_time import Series
from kamsim.view.words.facts import subject
from kamsim.view.words.names import capital, counted, listed, percent

MOST_THREADS: Final = 10
"""Threads in the chart; the table behind has all."""
LINE_WORDS: Final = {
    "list_sales": "Sales at list price",
    "on_invoice": "Discount on invoice",
    "off_invoice": "Rebates off invoice",
    "variable_cost": "Variable cost",
    "order_desk": "Order desk",
    "logistics": "Logistics",
    "returns": "Returns",
    "support": "Support",
    "team": "Our team's hours",
    "projects": "Projects and customization",
    "credits": "Credits",
    "capital": "Capital charge",
    "joint_spending": "What is being built with customers",
    "joint_gain": "Our part of what was built with them",
    "account profit": "Account profit",
}
SERVICE: Final = ("order_desk", "logistics", "returns", "support")


def worth_part(play: Play, made: Attribution) -> str:
    """What each thread was worth: a chart of the largest, a table of all, what needs saying beside."""
    show = play.cast.money
    known = [worth for worth in made.worths if worth.alone is not None]
    largest = sorted(known, key=lambda worth: -abs(worth.alone or 0))[:MOST_THREADS]
    rows = [(worth.thread.title, float(worth.alone or 0)) for worth in sorted(largest, key=lambda w: -(w.alone or 0))]
    parts = [
        shell.paragraph(
            "A thread is what belongs together at one account: the talks, the case and the contract. Each is left out "
            "once, everything else and all luck unchanged. The figure is what both purses (banked, and left for your "
            "successor) would then have missed."
        )
    ]
    if rows:
        parts.append(
            charts_bars.diverging("Worth of your largest threads", f"The {len(rows)} that moved most.", rows, show)
        )
    if made.orders:
        parts.append(
            shell.paragraph(
                f"Left out alone, threads that need each other are counted twice and threads that could stand in for "
                f"each other not at all. The share is order-fair: each thread's gain over {made.orders} orders of "
                f"joining. Shares add up to {show(made.played - made.nobody)}, all that your decisions changed."
            )
        )
    titles = {worth.thread.key: worth.thread.title for worth in made.worths}
    table = []
    for worth in made.worths:
        share = "" if worth.share is None else f"{show(worth.share)} ± {show(worth.error or 0.0)}"
        alone = "only told you things" if worth.alone is None else show(worth.alone)
        table.append(
            [
                worth.thread.title,
                _moves(worth),
                _span(play, worth.thread.first, worth.thread.last),
                alone,
                share,
                _took(play, worth),
            ]
        )
    heads = ["Thread", "Moves", "When", "Left out", "Order-fair share", "What went with it"]
    whole = grid("All threads", heads, table, role="words")
    parts.append(f"<details class='prints'><summary>All {len(table)} threads</summary>{whole}</details>")
    linked = [pair for pair in made.together if abs(pair.extra) >= 1_000_000][:3]
    if linked:
        lines = []
        for pair in linked:
            how = "need each other: together" if pair.extra > 0 else "could stand in for each other: losing both costs"
            more = "of their worth only exists as a pair" if pair.extra > 0 else "more than the two apart"
            lines.append(f"{titles[pair.first]} / {titles[pair.second]} {how} {show(abs(pair.extra))} {more}.")
        parts += [shell.heading("Threads that lean on each other", 3), bullet(lines)]
    return "".join(parts)


MOST_NUMBERS: Final = 12


def _moves(worth: Worth) -> str:
    """The numbers of its moves in the log, by which a what-if names them."""
    numbers = [str(number) for number in worth.thread.numbers]
    more = [f"{len(numbers) - MOST_NUMBERS} more"] if len(numbers) > MOST_NUMBERS else []
    return listed([*numbers[:MOST_NUMBERS], *more])


def _took(play: Play, worth: Worth) -> str:
    said = []
    if worth.took:
        about = dict.fromkeys(subject(play.first_cast, fact.rpartition(".")[0]).rstrip(",") for fact in worth.facts[:3])
        facts = "; ".join(about)
        moves = listed([f"move {number}" for number in worth.took[:4]])
        said.append(f"{moves} leaned on what it found out ({facts})" if facts else f"{moves} leaned on it")
    if worth.refused:
        said.append(f"{counted(len(worth.refused), 'move')} could not be made without it")
    return "; ".join(said)


def _span(play: Play, first: int, last: int) -> str:
    return play.cast.quarter(first) if first == last else f"{play.cast.quarter(first)} to {play.cast.quarter(last)}"


def bullet(lines: list[str]) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{shell.text(line)}</li>" for line in lines) + "</ul>" if lines else ""


def price_part(play: Play) -> str:
    """Of each hundred at list price, what was kept: first year and last; and the whole P&L beside it."""
    parts_of = story.year_slices(play.quarters)
    first, last = parts_of[0], slice(max(0, play.quarters - YEAR), play.quarters)
    names = [str(play.scenario.year), "last four quarters" if play.quarters > YEAR else "so far"]
    books = [play.lines(first)] if play.quarters <= YEAR else [play.lines(first), play.lines(last)]
    names = names[: len(books)]

    def whole(line: str) -> list[float]:
        return [float(book[line].sum()) for book in books]

    listed_ = whole("list_sales")

    def of_hundred(values: list[float]) -> list[float]:
        return [100.0 * value / max(base, 1.0) for value, base in zip(values, listed_, strict=True)]

    service = [sum(float(book[line].sum()) for line in SERVICE if line in book) for book in books]
    rest = [
        sum(float(values.sum()) for line, values in book.items()
            if line not in (*SERVICE, "list_sales", "on_invoice", "off_invoice", "variable_cost"))
        for book in books
    ]  # fmt: skip
    pocket = [sum(values) for values in zip(listed_, whole("on_invoice"), whole("off_invoice"), strict=True)]
    profit = [sum(float(values.sum()) for values in book.values()) for book in books]
    steps = [
        ("List price", of_hundred(listed_), True),
        ("Discount on invoice", of_hundred(whole("on_invoice")), False),
        ("Rebates off invoice", of_hundred(whole("off_invoice")), False),
        ("Pocket price", of_hundred(pocket), True),
        ("Variable cost", of_hundred(whole("variable_cost")), False),
        ("Cost to serve", of_hundred(service), False),
        ("Team, projects, credits, capital", of_hundred(rest), False),
        ("Account profit", of_hundred(profit), True),
    ]
    ends = of_hundred(profit)
    said = f"Of every 100 at list price, {ends[0]:.1f} stayed as account profit in {names[0]}"
    said += f", {ends[1]:.1f} in the {names[1]}." if len(ends) > 1 else "."
    chart = charts_bars.waterfall("From list price to account profit", said, steps, names, _plain)
    rows = []
    for line in books[0]:
        values = whole(line)
        if any(values):
            rows.append([LINE_WORDS.get(line, capital(line.replace("_", " "))), *(play.cast.money(v) for v in values)])
    rows.append(["Account profit", *(play.cast.money(value) for value in profit)])
    table = grid("Profit and loss, all accounts", ["Line", *names], rows)
    return (
        chart
        + f"<details class='prints'><summary>Profit and loss, line by line</summary>{table}</details>"
        + _by_account(play)
    )


def _plain(value: float) -> str:
    return f"{value:.1f}".replace("-", "\N{MINUS SIGN}")


def _by_account(play: Play) -> str:
    """First year and last by account: volume, discount, cost to serve, profit."""
    last = slice(max(0, play.quarters - YEAR), play.quarters)
    first = story.year_slices(play.quarters)[0]
    rows = []
    for row, account in enumerate(play.params.accounts):
        for name, part in (("first year", first), ("last four", last)):
            if name == "last four" and play.quarters <= YEAR:
                continue
            book = {line: float(values[row]) for line, values in play.lines(part).items()}
            base = max(book["list_sales"], 1.0)
            pocket = book["list_sales"] + book["on_invoice"] + book["off_invoice"]
            service = sum(book.get(line, 0.0) for line in SERVICE)
            rows.append([
                f"{play.cast.account(account)}, {name}", play.cast.money(book["list_sales"]),
                percent(1.0 - pocket / base, 1), percent(-service / max(pocket, 1.0), 1),
                play.cast.money(sum(book.values())),
            ])  # fmt: skip
    heads = ["Account", "Volume at list price", "Discount", "Cost to serve, of sales", "Account profit"]
    return grid("By account, then and now", heads, rows)


def curves_part(play: Play) -> str:
    """The whale curve, and share of wallet, trust and freshness over time."""
    accounts, cast = list(play.params.accounts), play.cast
    last = slice(max(0, play.quarters - YEAR), play.quarters)
    totals = play.profit[last].sum(axis=0)
    points = sorted(
        ((cast.account(name), float(totals[row])) for row, name in enumerate(accounts)), key=lambda p: -p[1]
    )
    best = points[0]
    whole = sum(value for _, value in points)
    part = percent(best[1] / whole) if whole > 0 else "all"
    said = f"Last four quarters: {best[0]} alone earned {part} of {cast.money(whole)}."
    if points[-1][1] < 0:
        said += f" {points[-1][0]} cost {cast.money(-points[-1][1])}."
    made = [charts_spread.whale("Profit account by account, the best first", said, points, cast.money)]
    quarters = [cast.quarter(quarter).replace(" ", "\N{NO-BREAK SPACE}") for quarter in range(1, play.quarters + 1)]
    truths = play.truths[: play.quarters]
    if truths:
        for title, field in (("Share of wallet", "share_of_wallet"), ("Trust", "trust")):
            series = [Series(cast.account(name), tuple(getattr(t[name], field) for t in truths)) for name in accounts]
            moves = [(getattr(truths[-1][name], field) - getattr(truths[0][name], field), name) for name in accounts]
            up, down = max(moves), min(moves)
            said = (
                f"{cast.account(up[1])} {'rose' if up[0] > 0 else 'fell'} by {abs(up[0]) * 100:.0f} points, "
                f"{cast.account(down[1])} {'rose' if down[0] > 0 else 'fell'} by {abs(down[0]) * 100:.0f}."
            )
            made.append(charts_time.lines(title, said, quarters, series, percent, floor=0.0))
    fresh = story.freshness(play)
    series = [
        Series(cast.account(name), tuple(fresh[name])) for name in accounts if any(v is not None for v in fresh[name])
    ]
    known = [value for one in series for value in one.values if value is not None]
    mean = sum(known) / len(known) if known else 0.0
    said = f"Part of a customer's initiatives heard of in that quarter or the one before: {percent(mean)} over all."
    made.append(charts_time.lines("How fresh your knowledge was", said, quarters, series, percent, floor=0.0))
    return "".join(made)


def lineage_part(play: Play, made: Attribution) -> str:
    """Where the discount and cost lines of the last year come from."""
    titles = {worth.thread.key: worth.thread.title for worth in made.worths}
    rows = []
    for origin in sorted(made.origins, key=lambda one: -max((abs(c) for _, c in one.causes), default=0))[:14]:
        if not origin.causes or abs(origin.causes[0][1]) < 500_000:
            continue
        why = "; ".join(f"{titles[key]} {play.cast.money(cents, plus=True)}" for key, cents in origin.causes[:2])
        rows.append([
            f"{play.cast.account(origin.account)}: {LINE_WORDS.get(origin.line, origin.line)}",
            play.cast.money(origin.amount), why, play.cast.money(origin.rest),
        ])  # fmt: skip
    if not rows:
        return shell.paragraph("No discount or cost line of the last year was moved by more than a little.")
    heads = ["Line, last four quarters", "Came to", "Moved most by", "Without any decision of yours"]
    return shell.paragraph(
        "Each line of the last year, and the promise or move without which it would have been different."
    ) + grid("Where lines come from", heads, rows, role="words")


def joint_part(play: Play, made: Attribution | None) -> str:
    """What promises brought the customer and us, and what stayed on the table."""
    rows = []
    for name, theirs, measured, ours in casebook.joint_value(play, made):
        note = "measured" if measured else "claimed, never measured"
        rows.append([name, f"{play.cast.money(theirs)} a year ({note})", "" if ours is None else play.cast.money(ours)])
    parts = []
    if rows:
        parts.append(grid("Value created with customers, and how it was split",
                          ["Case", "To them", "To us, over the years played"], rows))  # fmt: skip
    else:
        parts.append(shell.paragraph("No case with a promise was signed, so no joint value can be shown."))
    built = [
        [name, where, reached, play.cast.money(gain), play.cast.money(spent)]
        for name, where, reached, gain, spent in casebook.built(play)
    ]
    if built:
        heads = ["What", "With", "In the end it", "Brought us", "Took"]
        parts.append(grid("What was built together", heads, built))
    left = casebook.left_on_table(play, made)
    parts += [shell.heading("Left on the table", 3), bullet(left) or shell.paragraph("Nothing that the log can show.")]
    return "".join(parts)
