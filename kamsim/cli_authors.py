"""The command line of those who write scenarios: new, check. Heavy imports stay inside commands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kamsim.errors import shortened
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


COMMANDS: Final = (new, check)
