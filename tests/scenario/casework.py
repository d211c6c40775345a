"""What a scenario has for business cases: a desk, a moment, a person's answers and a worked example, as text."""

from __future__ import annotations

from pathlib import Path

from .minimal import ORVIK, SCENARIO, write_minimal

CRITERIA = ("alignment", "cause", "inaction", "options", "finance", "sensitivity", "evidence", "delivery", "brevity")


def lines(indent: int, words: tuple[str, ...] = CRITERIA) -> str:
    """A line for each word, as a mapping over several lines."""
    return "".join(f"{' ' * indent}{word}: Mend the {word}.\n" for word in words)


def answers(indent: int) -> str:
    """All that one reader says to business cases."""
    spaces = " " * indent
    return (
        f'{spaces}approves: ["Yes for {{account}} then."]\n{spaces}returns: [Not yet.]\n{spaces}rejects: [Certainly not.]\n'
        f"{spaces}conditions: {{pilot: A year first., cap: Half of it., guarantee: If you pay.}}\n"
        f"{spaces}criteria:\n{lines(indent + 2)}"
    )


DESK = f"""\
bands: [0.01, 0.04, 0.1]
notices: That is one deal in two pieces.
approvers:
  - id: lind
    name: Vera Lind
    role: VP Sales
    seat: sales
    power: 0.6
    measure_text: orders
    voice: Figure first.
    says:
{answers(6)}  - id: roy
    name: Ada Roy
    role: Controller
    seat: finance
    power: 0.4
    measure_text: cash
    voice: Figure last.
    says:
{answers(6)}"""

GOALS = """\
  goals:
    - {year: 1, metric: profit, text: What they leave.}
    - {year: 2, metric: volume, text: Fill the line.}
"""

LATER = """\
  - id: later
    name: Later
    kind: growth
    owner: brandl
    summary: More ferries.
    turns: [{quarter: 6, to: announced, text: Orvik wants more ferries.}]
"""

BESPOKE = "bespoke: {name: Crated kits, cost: 40000}\n"

ASK_DESK = "  - {move: ask_desk, quarter: 3, reason: Now you know the prices.}\n"

MOMENT = f"""\
moments:
  - id: dock
    quarter: 3
    person: brandl
    place: On dock two
    question: What do I get?
    objections:
{lines(6)}    wins: Send it.
    holds: Perhaps.
    loses: No.
    passes: Later, then.
"""

EXAMPLES = """\
- id: trucks
  audience: customer
  title: Four trucks
  situation: A customer signs for eleven trucks.
  facts: {sales: 900000, margin: 0.3, service: 0.1, share: 0.3, kind: cost_out}
  good: {text: Four trucks would do., metric: savings, claim: 100000}
  bad: {text: Dear Sir or Madam., metric: savings, claim: 900000}
  difference: Somebody counted.
"""


def inline(part: str, text: str) -> str:
    """The text of a part's own file as it would stand in scenario.yaml."""
    return f"{part}:\n" + "".join(f"  {line}\n" for line in text.splitlines())


def write_casework(folder: Path) -> Path:
    """The minimal scenario with a desk and examples in files of their own, goals, a moment, bespoke work, a second
    initiative that starts late, and one person who answers business cases."""
    write_minimal(folder)
    voice = "    voice: Short sentences. Wants the figure first.\n"
    scenario = SCENARIO.replace("accounts: [orvik", f"{ASK_DESK}accounts: [orvik").replace(voice, f"{voice}{GOALS}")
    orvik = ORVIK.replace("initiatives:\n", f"    case:\n{answers(6)}initiatives:\n{LATER}")
    for name, text in (
        ("scenario", scenario),
        ("accounts/orvik", f"{orvik}{MOMENT}{BESPOKE}"),
        ("desk", DESK),
        ("examples", EXAMPLES),
    ):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
