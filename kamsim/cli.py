"""The command line: play, run, claims, replay, debrief, export, forget; `cli_authors` has what authors use, `cli_lab`
the laboratory, `cli_drills` drills. Heavy imports stay inside commands, so that ``--version`` is quick.

Results go to standard output, everything else to standard error. Exit status: 0 fine, 1 the input is at fault,
2 usage, 130 interrupted, 143 told to stop.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kamsim import __version__
from kamsim import cli_authors as authors
from kamsim import cli_drills as drills
from kamsim import cli_lab as laboratory
from kamsim.endings import INTERRUPTED, ending_of
from kamsim.errors import KamsimError
from kamsim.options import Whole, any_seed, columns, spread, window_size
from kamsim.signals import ToldToStopError, tidy_endings
from kamsim.streams import forgiving, hang_up, make_standard, read_line, show, show_json, tell

if TYPE_CHECKING:
    from kamsim.debrief.files import Fault
    from kamsim.game.session import Session


class _Commands(click.Group):
    """Ends quietly where nobody reads on: ``kamsim run ... | head``."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            hang_up()
            return 0


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kamsim", message="%(prog)s %(version)s")
def cli() -> None:
    """Train as a Key Account Manager: named customers, scarce hours, and the reason why every number moved."""


for _command in (*authors.COMMANDS, *laboratory.COMMANDS, drills.drill):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit status."""
    make_standard()
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        forgiving(stream)
    with tidy_endings():
        return _ended(arguments)


def _ended(arguments: Sequence[str] | None) -> int:
    """Run a command; how it ended, once everything that there is to say of it was said."""
    try:
        result = cli.main(args=arguments, prog_name="kamsim", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.ClickException, click.Abort, KeyboardInterrupt, ToldToStopError, KamsimError, OSError) as error:
        status, said = ending_of(error)
        tell(said)
        return status
    return result if isinstance(result, int) else 0


# --- play -------------------------------------------------------------------------------------------------------


@cli.command(short_help="Play a scenario.")
@click.argument("scenario", required=False)
@click.option("--seed", type=Whole(0, 2**63 - 1), help="Luck; the same seed gives the same luck.")
@click.option("--player", default="", metavar="NAME", help="Who plays, for the log.")
@click.option("--resume", type=click.Path(path_type=Path), metavar="LOG", help="Go on with a session.")
@click.option("--log-dir", type=click.Path(path_type=Path), metavar="DIR", help="Where the log goes.")
@click.option("--quarters", type=Whole(min=1), help="How many quarters to play.")
@click.option("--size", metavar="WxH", help="The window's size, such as 1280x800.")
@click.option("--scale", type=click.FloatRange(1.0, 4.0), help="How many pixels a point has, where the guess is wrong.")
@click.option("--theme", type=click.Choice(["light", "dark", "contrast"]), help="Its look.")
@click.option("--demo", is_flag=True, help="Watch a careful player, with the reasons.")
@click.option("--text", is_flag=True, help="The text session, also where there is a display.")
@click.option("--trace", type=click.Path(path_type=Path), hidden=True, help="A line about every picture, for scripts.")
def play(
    scenario: str | None,
    seed: int | None,
    player: str,
    resume: Path | None,
    log_dir: Path | None,
    quarters: int | None,
    size: str | None,
    scale: float | None,
    theme: str | None,
    demo: bool,
    text: bool,
    trace: Path | None,
) -> int:
    """Play SCENARIO (halden unless you say otherwise): a shipped id, a folder, or a scenario.yaml.

    It opens a window; without a display, or with --text, it is a text session, for which a script may be given on
    standard input, one answer a line. Every answer is saved as you give it.
    """
    if resume is not None and (scenario is not None or seed is not None or quarters is not None):
        raise click.UsageError("--resume takes scenario, seed and length from the log; give it alone.")
    window = window_size(size)

    def begin() -> Session:
        from kamsim.game.session import Session
        from kamsim.scenario.reader import load_scenario

        if resume is not None:
            return Session.resume(resume)
        told = load_scenario(scenario or "halden")
        chosen = told.luck(any_seed()) if seed is None else seed
        return Session.start(told, seed=chosen, player=player, log_dir=log_dir, quarters=quarters)

    if not text:
        from kamsim.desktop.main import opens, play_window

        if opens("the text session"):
            named = scenario is not None or seed is not None or quarters is not None or resume is not None
            session = begin() if named and not demo else None
            return play_window(
                session=session,
                scenario=scenario or "halden",
                log_dir=log_dir,
                size=window,
                scale=scale,
                theme=theme,
                demo=demo,
                trace=trace,
            )
    from kamsim.terminal.app import play_text

    echo = sys.stdin is None or not sys.stdin.isatty()
    return play_text(
        begin,
        read_line,
        lambda said: show(said, end=""),
        width=columns(),
        echo=echo,
        complain=lambda said: tell(said.rstrip("\n")),
    )


# --- run --------------------------------------------------------------------------------------------------------


@cli.command(short_help="Let a bot play many seeds.")
@click.argument("scenario")
@click.option(
    "--policy", required=True, metavar="NAME", help="A shipped bot, such as steady, or your own: FILE.py:CLASS."
)
@click.option("--seeds", type=Whole(1, 10_000_000), default=100, show_default=True, help="Seeds 1 to N.")
@click.option("--quarters", type=Whole(min=1), help="How many quarters to play.")
@click.option(
    "--logs", type=click.Path(path_type=Path), metavar="DIR", help="Write a log for each seed, like a player's."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE.parquet", help="Write every seed, quarter and account."
)
@spread
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def run(
    scenario: str,
    policy: str,
    seeds: int,
    quarters: int | None,
    logs: Path | None,
    out: Path | None,
    workers: int,
    dask: str | None,
    as_json: bool,
) -> int:
    """Let a bot play SCENARIO over many seeds, and say what came of it by year.

    A bot of your own is a Python file and the name of a class in it, such as mine.py:Listener; help(kamsim.Policy)
    shows one. The file is run as your own program, so name only files that you trust. Nothing in a scenario or a log
    can name one.

    Any number of workers gives the same figures. Ctrl-C tells those of the seeds that were finished. --out needs the
    extra classroom, --dask the extra cluster: pip install 'kamsim[cluster]'.
    """
    from kamsim.lab.runs import check_quarters, play_all, policy_maker, run_table, summary, write_logs
    from kamsim.players.simulate import study_of
    from kamsim.scenario.reader import load_scenario

    maker = policy_maker(policy)
    loaded = load_scenario(scenario)
    check_quarters(loaded, quarters, logged=logs is not None)
    study = study_of(loaded, maker(), seeds, quarters)
    kept = play_all(study, workers, dask, out, tell)
    written: list[str] = []
    if logs is not None and kept.complete:
        written.extend(map(str, write_logs(study, maker, logs, tell)))
    result = summary(study, kept)
    if as_json:
        show_json({**result, "logs": written})
    else:
        show(run_table(result))
    return 0 if kept.complete else INTERRUPTED


# --- claims -----------------------------------------------------------------------------------------------------


@cli.command(short_help="Try what the documents claim, as experiments.")
@click.argument("rows", nargs=-1, metavar="[ROW...]")
@click.option("--seeds", type=Whole(1, 2048), default=300, show_default=True, help="How many, the same in each arm.")
@click.option("--first", type=Whole(0, 2**63 - 2049), default=1, show_default=True, help="The first of the seeds.")
@click.option("--quarters", type=Whole(min=1), help="Another length than the claims' own.")
@click.option("--scenario", metavar="NAME", help="Another scenario than the claims' own: an id, a folder, a file.")
@spread
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def claims(
    rows: tuple[str, ...],
    seeds: int,
    first: int,
    quarters: int | None,
    scenario: str | None,
    workers: int,
    dask: str | None,
    as_json: bool,
) -> int:
    """Play what the documents on key accounts claim as paired experiments, all of them or those named by ROW (2, 18,
    tender), and say which are shown, fragile or not shown, each against a threshold that was fixed beforehand. The row
    "levers" takes profit apart instead: what prices, incidents, work on initiatives, cases and knowledge move, each
    alone and together.

    A claim that is not shown is a finding, no fault: the exit status is 0. Ctrl-C tells the claims that were finished.
    """
    from kamsim.lab.claims import chosen
    from kamsim.lab.experiments import judged
    from kamsim.lab.table import render, to_dict

    if rows == ("levers",):
        return _levers(scenario or "halden", range(first, first + seeds), quarters or 12, workers, dask, as_json)
    wanted = chosen(rows)
    found, waiting, complete = judged(wanted, seeds, quarters, scenario, workers, dask, tell, first)
    if as_json:
        show_json(to_dict(found, waiting, seeds))
    else:
        show(render(found, waiting, seeds))
    return 0 if complete else INTERRUPTED


def _levers(scenario: str, seeds: range, quarters: int, count: int, dask: str | None, as_json: bool) -> int:
    """The factorial of `kamsim claims levers`."""
    from kamsim.lab.factorial import factorial, render, to_dict
    from kamsim.lab.progress import Progress
    from kamsim.players.workers import workers_for

    with workers_for(count, dask) as workers, Progress("seeds of the factorial", tell) as progress:
        made = factorial(scenario, tuple(seeds), quarters, workers, progress.done)
    if as_json:
        show_json(to_dict(made))
    else:
        show(render(made))
    return 0


# --- replay -----------------------------------------------------------------------------------------------------


@cli.command(short_help="Verify a log of a session or of drills.")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def replay(log: Path, as_json: bool) -> int:
    """Verify LOG, of a session or of drills: its chain, and every figure by playing it again."""
    from kamsim.game.replay import verify
    from kamsim.gym import verifying
    from kamsim.gym.records import is_training

    verdict = verifying.verify(log) if is_training(log) else verify(log)
    if as_json:
        show_json({"log": str(log), **verdict.to_dict()})
    else:
        show("\n".join([verdict.sentence, *verdict.details]))
    return 0 if verdict.ok else 1


# --- debrief ----------------------------------------------------------------------------------------------------


@cli.command(short_help="Write the debrief page of one player or a class.")
@click.argument("logs", nargs=-1, required=True, metavar="LOG...")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The page to write.")
@click.option("--class", "as_class", is_flag=True, help="The class's page also for a single player.")
@click.option("--projector", is_flag=True, help="The class's page in large type, without names and handouts.")
@click.option(
    "--slides",
    is_flag=True,
    help="A lesson of 45 minutes: slides without names, and beside them the presenter's sheet and a handout each.",
)
@click.option("--names", is_flag=True, help="With --slides: names on the slides, too.")
@click.option(
    "--what-if",
    "changes",
    type=(Whole(min=1), str),
    multiple=True,
    metavar="N FIELD=VALUE",
    help="A page on move N with another term, everything else the same; several terms with commas.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def debrief(
    logs: tuple[str, ...],
    out: Path,
    as_class: bool,
    projector: bool,
    slides: bool,
    names: bool,
    changes: tuple[tuple[int, str], ...],
    as_json: bool,
) -> int:
    """Write one self-contained page from LOG... (files, folders, globs): a player's, or with several logs a class's.

    It opens in any browser without a network and prints. With --slides, --out class.html also writes
    class-presenter.html and class-handouts.html. Logs that are torn, changed, doubled, unfinished or no logs at
    all are named, and used as far as they are sound; exit status 1 where one is broken or missing.
    """
    if names and not slides:
        raise click.UsageError("--names is for slides; give --slides too.")
    if slides and (changes or projector or as_class):
        raise click.UsageError("--slides makes pages of its own; give it without --class, --projector and --what-if.")
    from kamsim.debrief.pages import write_debrief, write_lesson

    if slides:
        made = write_lesson(logs, out, named=names)
    else:
        made = write_debrief(logs, out, changes=changes, projector=projector, as_class=as_class)
    status = _told_of(made.sessions, "debriefed", made.faults, made.drills)
    if as_json:
        faults = [
            {"file": str(fault.path), "kind": fault.kind, "used": fault.used, "sentence": fault.sentence}
            for fault in made.faults
        ]
        pages = [str(path) for path in made.paths]
        show_json({"page": pages[0], "pages": pages, "sessions": made.sessions, "faults": faults})
    else:
        show("\n".join(map(str, made.paths)))
    return status


def _told_of(sessions: int, done: str, faults: Sequence[Fault], drills: int = 0) -> int:
    """Say what was made of the logs, and what was the matter with which; the exit status."""
    for fault in faults:
        tell(str(fault))
    if sessions or not drills:
        tell(f"{sessions} session{'' if sessions == 1 else 's'} {done}.")
    if drills:
        tell(f"{drills} situation{'' if drills == 1 else 's'} of drills {done}.")
    broken = len({fault.path for fault in faults if fault.broken})
    if broken:
        files = "file is" if broken == 1 else "files are"
        tell(f"{broken} {files} broken or missing, as said above: what is sound of them is in it, the rest is not.")
    return 1 if broken else 0


# --- export -----------------------------------------------------------------------------------------------------

FORMATS: Final = ("csv", "xlsx", "parquet", "xapi", "otree")


@cli.command(short_help="Write logs out as tables or statements.")
@click.argument("logs", nargs=-1, required=True, metavar="LOG...")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write to.")
@click.option("--pseudonyms", is_flag=True, help="Pseudonyms instead of the names of players, members and drafts.")
@click.option(
    "--key",
    default="",
    metavar="WORD",
    help="With --pseudonyms: a word of yours; the same name and word give the same pseudonym in every session.",
)
@click.option("--home", metavar="URL", help="xAPI: the address that ids begin with and accounts belong to, yours.")
@click.option("--language", metavar="TAG", help="xAPI: the language of the scenario's words, such as de or pt-BR.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def export(
    logs: tuple[str, ...],
    form: str,
    out: Path,
    pseudonyms: bool,
    key: str,
    home: str | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Write the sessions of LOG... (files, folders, globs) into DIR: CSV or Parquet tables, an XLSX workbook, xAPI
    1.0.3 statements, or files in oTree's shape, each with a data dictionary where it is a table.

    Unfinished sessions are exported as far as they go. Logs that are torn, changed, doubled or no logs at all are
    named, and used as far as they are sound; exit status 1 where one is broken or missing. xlsx and parquet need the
    extra: pip install 'kamsim[classroom]'.
    """
    if key and not pseudonyms:
        raise click.UsageError("--key is for pseudonyms; give --pseudonyms too.")
    if form != "xapi" and (home or language):
        raise click.UsageError("--home and --language are for --format xapi.")
    from kamsim.debrief.exports import export as write
    from kamsim.debrief.exports.xapi import Telling
    from kamsim.debrief.pseudonyms import Names

    telling = Telling(**{name: said for name, said in (("home", home), ("language", language)) if said})
    done = write(logs, form, out, Names(key) if pseudonyms else None, telling)
    if not done.sessions and not done.drills:
        for fault in done.faults:
            tell(str(fault))
        raise KamsimError("no session was found, so nothing was written")
    status = _told_of(done.sessions, "exported", done.faults, done.drills)
    if as_json:
        faults = [
            {"file": str(fault.path), "kind": fault.kind, "used": fault.used, "sentence": fault.sentence}
            for fault in done.faults
        ]
        show_json({"files": [str(file) for file in done.files], "sessions": done.sessions, "faults": faults})
    else:
        show("\n".join(str(file) for file in done.files))
    return status


# --- forget -----------------------------------------------------------------------------------------------------


@cli.command(short_help="Take a person out of a folder of logs and exports.")
@click.argument("player")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--key", default="", metavar="WORD", help="The word of exports with --pseudonyms --key WORD.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def forget(player: str, folder: Path, key: str, dry_run: bool, as_json: bool) -> int:
    """Take everybody called PLAYER out of FOLDER and the folders in it, chain and all, and say what was done.

    A session played alone goes, with its rows in every export; a team's session stays without the name, chained anew; a
    page that holds the name goes. Either all of it is done or nothing. Exit status 1 where a file still holds the name.
    """
    from kamsim.debrief.forgetting import forget as take_out

    steps = take_out(player, folder, key=key, pretend=dry_run)
    if as_json:
        told = [{"file": str(step.path), "what": step.what, "sentence": step.sentence} for step in steps]
        show_json({"player": player, "folder": str(folder), "done": not dry_run, "files": told})
    else:
        show("\n".join(map(str, steps)))
        if dry_run:
            tell("Nothing was changed: this is what would be done.")
    return 1 if any(step.what == "left" for step in steps) else 0
