"""Commands for who writes scenarios or teaches with them: lab, schema, key; `cli` has them."""

from __future__ import annotations

from pathlib import Path

import click

from kamsim.options import Whole, spread
from kamsim.streams import show, show_json, tell


@click.command(short_help="See what a scenario teaches.")
@click.argument("scenario")
@click.option("--seeds", type=Whole(24, 100_000), default=1000, show_default=True, help="How many each bot plays.")
@click.option("--first", type=Whole(0, 2**63 - 200_001), default=1, show_default=True, help="The first of the seeds.")
@click.option("--quarters", type=Whole(min=1), help="How many quarters; the scenario's standard unless given.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a page with pictures.")
@spread
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def lab(
    scenario: str,
    seeds: int,
    first: int,
    quarters: int | None,
    out: Path | None,
    workers: int,
    dask: str | None,
    as_json: bool,
) -> int:
    """Say what SCENARIO teaches: which behaviours it rewards and by how much, whether luck or skill decides, what never
    happens or never matters, which of AUTHORING's figures it misses, whether it does what its author expects (on seeds
    that nothing else used), and which seeds are worth playing.

    All bots play every seed; what is compared seed by seed plays a fifth of them. Ctrl-C leaves nothing half written.
    """
    from kamsim.lab.runs import check_quarters
    from kamsim.lab.teaching.figures import studied
    from kamsim.lab.teaching.text import render, to_dict
    from kamsim.scenario.reader import load_scenario

    loaded = load_scenario(scenario)
    check_quarters(loaded, quarters, logged=False)
    made = studied(loaded, range(first, first + seeds), quarters, workers, dask, tell)
    if out is not None:
        from kamsim.lab.teaching.page import write_page

        tell(str(write_page(made, out)))
    if as_json:
        show_json(to_dict(made))
    else:
        show(render(made))
    return 0


@click.command(short_help="Write schemas with which editors help authors.")
@click.argument("kind", default="scenario")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the schemas of all kinds of file into DIR."
)
def schema(kind: str, out: Path | None) -> int:
    """Print the JSON Schema (2020-12) of one KIND of a scenario's files: scenario, variant, account, desk or
    examples.

    An editor with yaml-language-server completes, explains and marks faults in a file that begins with

        # yaml-language-server: $schema=schema/scenario.schema.json

    With --out, all of them are written, and the line for each kind is told. No network is needed.
    """
    from kamsim.scenario import schema as schemas

    if out is None:
        show(schemas.text_of(kind).rstrip("\n"))
        return 0
    show("\n".join(map(str, schemas.write(out))))
    for name in schemas.FILES:
        where = {"account": "accounts/NAME.yaml", "variant": "scenario.yaml"}.get(name, f"{name}.yaml")
        text, what = ("extends:", " of a variant") if name == "variant" else ("", "")
        tell(f"First line of {where}{what}: {schemas.modeline(out.parent / where, out, text)}")
    return 0


@click.command(short_help="Write the facilitator's answer key.")
@click.argument("scenario")
@click.option("--seed", type=Whole(0, 2**63 - 1), help="Luck of the walkthroughs; a typical seed unless given.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a page, and print nothing.")
def key(scenario: str, seed: int | None, out: Path | None) -> int:
    """Write what is hidden in SCENARIO: who wants what, what each purchase needs, what each person asks of a case and
    whom they move, when things change, what every answer on the spot does, and how good bots play it, quarter by
    quarter, with what that brings.

    It is for the facilitator alone; nothing that players see leads to it.
    """
    from kamsim.lab.key.contents import Key
    from kamsim.scenario.reader import load_scenario

    made = Key(load_scenario(scenario), seed)
    show(str(made.write(out)) if out is not None else made.text())
    return 0


COMMANDS = (lab, schema, key)
