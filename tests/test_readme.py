"""What the README and the docstrings tell a newcomer to type works as it stands."""

import contextlib
import inspect
import io
import re
import textwrap
from pathlib import Path

from click.testing import CliRunner

import kamsim
from kamsim.cli import cli

ROOT = Path(__file__).parent.parent


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_every_kamsim_command_in_the_readme_exists_with_its_options() -> None:
    """A newcomer who types a line of the README never meets a usage error."""
    kamsim_lines = [line.split("kamsim", 1)[1].split() for line in commands() if "bin/kamsim" in line]
    assert len(kamsim_lines) >= 5
    for words in kamsim_lines:
        command, options = words[0], {word for word in words if word.startswith("--")}
        known = {name for parameter in cli.commands[command].params for name in parameter.opts}
        assert options <= known, (command, options - known)


def test_ci_runs_the_readme_s_test_command() -> None:
    """The gate takes the one line with pytest from the README, so the two cannot drift apart."""
    assert sum("pytest" in line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()) == 1
    assert "grep -m1 -F 'pytest' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_check_command_of_the_readme_passes() -> None:
    """The scenario that ships has no fault."""
    result = CliRunner().invoke(cli, ["check", str(ROOT / "scenarios" / "halden")])
    assert result.exit_code == 0, result.output


def test_the_policy_in_the_docstring_plays() -> None:
    """A policy of thirty lines written outside the package plays a whole session, word for word as printed."""
    printed = inspect.getdoc(kamsim.Policy)
    assert printed is not None
    code = textwrap.dedent(printed.split("::\n", 1)[1]).replace("seeds=100", "seeds=4")
    body = code.split("class Listener:")[1].split("outcomes =")[0]
    assert len([line for line in body.splitlines() if line.strip()]) <= 30
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(code, "docstring", "exec"), {})  # the docstring is ours
    assert float(shown.getvalue()) > 0
