"""Typical slips of authors are told as what they are, at their place, with the right spelling; errors come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamsim.letters import BOX, DRAWN, INVISIBLE, drawable
from kamsim.scenario.findings import Finding, abridged
from kamsim.scenario.lint import check_paths, render
from kamsim.scenario.reader import read
from tests.scenario.minimal import write_minimal

HALDEN = Path(__file__).parents[2] / "scenarios" / "halden"


def found_after(folder: Path, file: str, old: str, new: str) -> list[Finding]:
    """What is found in the minimal scenario after one slip."""
    write_minimal(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(read(folder).findings)


ORVIK = "accounts/orvik.yaml"
SLIPS = [
    (ORVIK, "share: 0.4", "share: 0,4", "K128", "0,4 is read as 0 and 4 here; write 0.4 with a point"),
    (ORVIK, "wallet: 900", "wallet: 1,200", "K128", "1,200 is read as 1 and 200 here; write 1200 without"),
    (ORVIK, "wallet: 900", "wallet: 9.000", "K126", "9.000 is read as 9; write 9000 if thousands are meant"),
    (ORVIK, "wallet: 900", "wallet: 1\u202f200", "K204", "a narrow no-break space (U+202F) stands in it; write 1200"),
    (ORVIK, "trust: 0.5", "trust: \u00a00.5", "K204", "a no-break space (U+00A0) stands in it; write 0.5"),
    (ORVIK, "trust: 0.5", "trust:0.5", "K107", "a space is missing behind 'trust:'"),
    ("scenario.yaml", "summary: ", "summary: Two\u200b words and ", "K105", "(U+200B, zero width space); delete it"),
    ("scenario.yaml", "summary: ", "summary: Two\u00ad words and ", "K105", "(U+00AD, soft hyphen); delete it"),
    ("scenario.yaml", "summary: ", "summary: {account} and ", "K107", ""),
    ("scenario.yaml", "summary: ", "summary: For {account} and ", "K319", "{account} is not filled in here"),
    ("scenario.yaml", "summary: ", "summary: Tom\u2011Tom and ", "K344", "(U+2011); write -"),
    ("scenario.yaml", "summary: ", "summary: \u0416 and ", "K344", "no picture of \u0416 (U+0416) and draws a box"),
    ("scenario.yaml", "summary: ", "summary: For $5 and ", "K345", "speaks of $, and the scenario is in EUR"),
    ("scenario.yaml", "summary: ", "summary: \u201cTwo\u201d and ", "K127", "typographic quotes, which become part"),
    ("scenario.yaml", "summary: ", "summary: \u201cTwo: three\u201d ", "K107", "YAML knows straight ones only"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[3]} {slip[2][:24]!r}")
def test_a_slip_is_told_as_what_it_is(tmp_path: Path, slip: tuple[str, ...]) -> None:
    """By its code, in the author's words, and only once."""
    file, old, new, code, said = slip
    found = [finding for finding in found_after(tmp_path, file, old, new) if finding.code == code]
    assert len(found) == 1, found
    assert said in found[0].message
    assert found[0].line > 0


def test_plain_numbers_and_quotes_are_no_slips(tmp_path: Path) -> None:
    """Shares with three digits, lists of whole numbers, and words in quotes inside a text stand as they are."""
    new = "summary: It\u2019s \u201cplain\u201d, all of it, "
    assert not found_after(tmp_path / "a", "scenario.yaml", "summary: ", new)
    assert not found_after(tmp_path / "b", ORVIK, "share: 0.4", "share: 0.450")


def test_a_file_with_a_hidden_ending_is_named(tmp_path: Path) -> None:
    """Windows hides .txt; the message names the file that is there."""
    write_minimal(tmp_path)
    (tmp_path / ORVIK).rename(tmp_path / f"{ORVIK}.txt")
    (found, *_) = read(tmp_path).findings
    assert "rename orvik.yaml.txt" in found.message


def test_errors_come_first_and_no_kind_of_them_is_hidden() -> None:
    """However many warnings stand before it, and however many errors of another kind."""
    warned = [Finding("K305", "warning", "a.yaml", n, 1, "never comes") for n in range(1, 400)]
    wrong = [Finding("K301", "error", "a.yaml", n, 1, "there is no account") for n in range(400, 900)]
    last = Finding("K309", "error", "z.yaml", 7, 1, "the one that matters")
    told = [str(found) for found in abridged([*warned, *wrong, last])]
    assert len(told) < 20
    assert any("the one that matters" in line for line in told)
    kinds = ["warning" if "warning:" in line else "error" for line in told]
    assert kinds == sorted(kinds)
    assert "and 489 more like it, on lines 411" in "\n".join(told)
    assert "and 396 more like it, on lines 4" in "\n".join(told)


def test_a_variant_that_still_names_a_removed_customer_is_warned(tmp_path: Path) -> None:
    """Prose of a copy of Halden under another id that speaks of a customer who is not there any more."""
    for part in HALDEN.rglob("*.yaml"):
        copy = tmp_path / part.relative_to(HALDEN)
        copy.parent.mkdir(exist_ok=True)
        if part.stem != "kestrel" and part.parent.name != "walkthroughs":
            copy.write_text(part.read_text(encoding="utf-8"), encoding="utf-8")
    entry = tmp_path / "scenario.yaml"
    text = entry.read_text(encoding="utf-8").replace("id: halden", "id: northgate", 1)
    lines = [line for line in text.splitlines() if line.strip() != "- kestrel"]
    entry.write_text("\n".join(lines).replace(", kestrel", "") + "\n", encoding="utf-8")
    said = render(check_paths([tmp_path]))
    number, line = next(
        found for found in enumerate(entry.read_text(encoding="utf-8").splitlines(), 1) if "{kestrel}" in found[1]
    )
    assert f"scenario.yaml:{number}:{line.index('{kestrel}') + 1}: {{kestrel}} stands for nothing" in said, said[:2000]
    plain = entry.read_text(encoding="utf-8").replace("{kestrel.short}", "Kestrel").replace("{kestrel}", "Kestrel Wind")
    entry.write_text(plain, encoding="utf-8")
    said = render(check_paths([tmp_path]))
    assert "this names Kestrel, of halden, and there is none such here" in said, said[:2000]
    assert "still called" not in said
    entry.write_text(plain.replace("name: Bearings,", "name: Cast rings,", 1), encoding="utf-8")
    still = "Cast rings was Bearings in halden, and one of it is still called 'bearing set'"
    assert [one for one in check_paths([tmp_path]).scenarios[0].findings if still in one.message]
    assert "K346" not in render(check_paths([HALDEN]))


def test_shipped_scenarios_are_free_of_slips() -> None:
    """They are what authors copy from."""
    report = check_paths([HALDEN, HALDEN.parent / "portfolio"])
    assert not report.errors and not report.warnings, render(report)


def test_every_letter_that_passes_has_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The letters that the check accepts are those that the fonts hold, and no others."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    import pygame.freetype

    pygame.freetype.init()
    fonts = [pygame.freetype.Font(path, 12) for path in (HALDEN.parents[1] / "assets" / "fonts").glob("Inter*.otf")]
    assert fonts
    faults = []
    for code in [*range(0x20, 0x3000), 0x4E2D, 0x1F600]:
        letter = chr(code)
        drawn = not INVISIBLE.match(letter) and all(font.get_metrics(letter)[0] is not None for font in fonts)
        if drawn != bool(DRAWN.fullmatch(letter)):
            faults.append(f"U+{code:04X} {'drawn' if drawn else 'not drawn'}")
    assert not faults, faults[:40]


def test_what_cannot_be_drawn_is_seen_to_be_missing() -> None:
    """Invisible characters leave nothing, hyphens of word processors are hyphens, foreign letters are boxes."""
    assert drawable("Zürich 5 %") == "Zürich 5 %"
    assert drawable("\u200b") == ""
    assert drawable("Tom\u2011Tom") == "Tom-Tom"
    assert drawable("Д\u0301a") == f"{BOX}{BOX}a"
