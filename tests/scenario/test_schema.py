"""What editors are told of scenarios: schemas that fit the models, and what ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from kamsim.authoring.begin import begin
from kamsim.paths import data_folder
from kamsim.scenario import schema
from kamsim.scenario.reader import read, shipped
from tests.scenario.broken import SLIPS
from tests.scenario.minimal import KESTREL, ORVIK, SCENARIO, write_minimal

SHIPPED = sorted(file for name in shipped() for file in (data_folder("scenarios") / name).rglob("*.yaml"))


def faults(kind: str, text: str) -> list[tuple[str, str]]:
    """Path and words of what a validator finds in a file; jsonschema stands for whatever an author's editor uses."""
    data: Any = yaml.safe_load(text)
    return [
        (error.json_path, error.message) for error in Draft202012Validator(schema.schema_of(kind)).iter_errors(data)
    ]


def test_schemas_are_sound_and_those_that_ship_are_of_today() -> None:
    """After a change of the models: ``kamsim schema --out scenarios/schema``."""
    folder = data_folder("scenarios") / schema.FOLDER
    for kind in schema.FILES:
        Draft202012Validator.check_schema(schema.schema_of(kind))
        assert (folder / f"{kind}{schema.ENDING}").read_text(encoding="utf-8") == schema.text_of(kind), kind


def test_what_ships_fits_its_schema_and_leads_editors_to_it() -> None:
    """No file that kamsim accepts is marked, and each says where its schema lies, from wherever it is installed."""
    folder = data_folder("scenarios") / schema.FOLDER
    told = []
    for file in SHIPPED:
        text = file.read_text(encoding="utf-8")
        told += [f"{file}: {fault}" for fault in faults(schema.kind_of(file), text)]
        if text.splitlines()[0] != schema.modeline(file, folder):
            told.append(f"{file}: the first line is not {schema.modeline(file, folder)}")
    assert not told, "\n".join(told)


def test_slips_are_found_where_they_stand(tmp_path: Path) -> None:
    """Twenty slips, each found once and at its place, and each of them refused by `kamsim check` too."""
    assert not [*faults("scenario", SCENARIO), *faults("account", ORVIK), *faults("account", KESTREL)]
    told = []
    for slip in SLIPS:
        found = faults(slip.kind, slip.text)
        if slip.path not in [path for path, _ in found] or len({path for path, _ in found}) > 1:
            told.append(f"{slip.new!r}: {found}, not {slip.path}")
        folder = write_minimal(tmp_path)
        (folder / ("scenario.yaml" if slip.kind == "scenario" else "accounts/orvik.yaml")).write_text(slip.text)
        if read(folder).scenario is not None and not any(f.severity == "error" for f in read(folder).findings):
            told.append(f"{slip.new!r} is accepted")
    assert len(SLIPS) >= 20
    assert not told, "\n".join(told)


def test_what_is_begun_leads_to_schemas_of_its_own(tmp_path: Path) -> None:
    """`kamsim new`, for a small scenario and a variant: every file begins with the way to its schema, which is beside it
    and takes the file; a variant's slips are found."""
    told = []
    for name, base in (("mine", None), ("theirs", "halden")):
        begin(tmp_path / name, base)
        for file in sorted((tmp_path / name).rglob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            way = text.splitlines()[0].removeprefix(schema.MODELINE)
            found = json.loads((file.parent / way).read_text(encoding="utf-8"))
            told += [f"{file}: {error}" for error in Draft202012Validator(found).iter_errors(yaml.safe_load(text))]
    assert not told, "\n".join(told)
    sound = "extends: halden\nid: mine\naccounts: {mira: {trust: 0.4, people: {jonas: {veto: true}}}, kestrel: }\n"
    assert not faults("variant", f"{sound}lines: {{bearings: {{list_price: 200}}}}\nexchange: 1.08\n")
    for slip in (
        "difficulty: brutal",
        "lines: {bearings: {list_prize: 200}}",
        "news: {spring: {quarter: 0}}",
        "year: x",
    ):
        assert faults("variant", f"{sound}{slip}\n"), slip


def test_every_field_of_a_customer_says_what_it_means() -> None:
    """Hovers come from the models' own docstrings; numbers tell their bounds, and what they are if left out."""
    people = schema.schema_of("account")["$defs"]["Person"]["properties"]
    assert people["sway"]["markdownDescription"].splitlines() == [
        "Hidden: how far those whom this person listens to move the own view, .3 to .6 as a rule.",
        "",
        "A number, 0 to 0.9.",
        "",
        "0.45 if left out.",
    ]
    silent = [
        f"{kind}: {name}.{field}"
        for kind in schema.FILES
        for name, model in schema.schema_of(kind)["$defs"].items()
        for field, found in model["properties"].items()
        if "description" not in found and "number" in str(found.get("type"))
    ]
    assert not silent
