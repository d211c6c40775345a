"""The command line of those who write scenarios: new, check, preview. Heavy imports stay inside commands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kamsim.errors import KamsimError, shortened
from kamsim.options import Whole
from kamsim.streams import show, show_json


@click.command(short_help="Begin a scenario, or a variant of one.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--from", "base", metavar="SCENARIO", help="A variant of this one: its names, prices and people changed.")
@click.option("--accounts", type=click.Path(path_type=Path), metavar="TABLE", help="Customers from an .xlsx or .csv.")
@click.option(
    "--template", type=click.Path(path_type=Path), metavar="TABLE", help="Write an empty table for --accounts."
)
def new(folder: Path | None, base: str | None, accounts: Path | None, template: Path | None) -> None:
    """Write a scenario into DIR that plays at once, and whose comments teach the format."""
    from kamsim.authoring import begin, customers, table

    if template is not None:
        table.write_template(template)
        show(f"{template}: fill in a row for each customer; then kamsim new DIR --accounts {template}")
    if folder is None:
        if template is None:
            raise click.UsageError("give the folder to write: kamsim new mine")
        return
    if accounts is not None and base is not None:
        raise click.UsageError("give --from or --accounts, not both.")
    if accounts is not None:
        made = customers.scenario_of(accounts, folder)
        show("\n".join(made.told()))
    else:
        begin.begin(folder, base)
        show(f"{folder}: kamsim check {folder} checks it, kamsim play {folder} plays it.")


@click.command(short_help="Check scenarios before anybody plays them.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--diff", "base", metavar="BASE", help="What changed since BASE: a scenario, or a session's log.")
@click.option(
    "--record", type=click.Path(path_type=Path), metavar="FILE", help="Keep it for a --diff after an upgrade."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(paths: tuple[str, ...], base: str | None, record: Path | None, as_json: bool) -> int:
    """Check scenarios: file:line:col, what is wrong, and a suggestion. Exit status 1 on any error."""
    if record is not None and len(paths) > 1:
        raise click.UsageError("--record keeps one scenario; give one.")
    from kamsim.scenario.lint import check_paths, render

    report = check_paths(paths)
    if base is not None and not report.errors:
        from kamsim.authoring import difference as differing

        told = [differing.difference(base, path) for path in paths]
        if as_json:
            show_json({**report.to_dict(), "diff": [one.to_dict() for one in told]})
        else:
            show("\n\n".join(one.text() for one in told))
        return 0
    if record is not None and not report.errors:
        from kamsim.authoring import difference as differing

        differing.record(paths[0], record)
    if as_json:
        show_json(report.to_dict())
    else:
        show(shortened(render(report)))
    return 1 if report.errors else 0


@click.command(short_help="See a page of a scenario while you write it.")
@click.argument("scenario")
@click.option("--quarter", type=Whole(1, 40), default=1, show_default=True, help="To which a bot has played.")
@click.option("--page", default="briefing", show_default=True, metavar="PAGE", help="Such as desk or account:orvik.")
def preview(scenario: str, quarter: int, page: str) -> int:
    """Open the window at one page of SCENARIO, and show each file that you save there at once."""
    from kamsim.desktop.main import NoDisplay
    from kamsim.desktop.preview import open_preview

    try:
        return open_preview(scenario, quarter=quarter, page=page)
    except NoDisplay as reason:
        raise KamsimError(f"kamsim preview needs a window, and there is no display for one here ({reason})") from None


COMMANDS: Final = (new, check, preview)
