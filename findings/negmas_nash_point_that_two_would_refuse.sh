#!/usr/bin/env bash
# negmas 0.16.0 (automated negotiation): with three parties, nash_points() may name a deal that two of them would refuse.
#
# It multiplies what each party gains over its reserved value and takes the largest product, without asking that every
# gain be positive: two losses make a plus. Supplier and customer walk away below 4; a contract that leaves them 1 each
# and the distributor 14 (gains -3, -3, +10, product 90) is called the Nash bargaining solution, not the one that gives
# everybody 6 (+2, +2, +2, product 8). kalai_points() and ks_points() of the same library, given the same two points,
# name the second. With two parties it cannot happen on a frontier; pareto_frontier() leaves such deals out beforehand
# (its documented switch for that, rational_only, is not among its arguments), any other list of points keeps them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check negmas==0.16.0 numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import inspect
import warnings

warnings.simplefilter("ignore")
import negmas
from negmas import make_issue, make_os
from negmas.preferences import MappingUtilityFunction
from negmas.preferences.ops import kalai_points, ks_points, nash_points, pareto_frontier

RESERVED = 4
WORTH = {"supplier": (6, 1), "customer": (6, 1), "distributor": (6, 14)}
space = make_os([make_issue(["shared", "exclusive"], "contract")])
parties = [
    MappingUtilityFunction(
        {("shared",): shared, ("exclusive",): exclusive}, outcome_space=space, reserved_value=RESERVED
    )
    for shared, exclusive in WORTH.values()
]
deals = list(space.enumerate())
points = tuple(tuple(float(party(deal)) for party in parties) for deal in deals)
named = {
    solution.__name__: [deals[place][0] for _, place in solution(parties, points, outcomes=deals)]
    for solution in (nash_points, kalai_points, ks_points)
}
print(f"negmas {negmas.__version__}: of {dict(zip([deal[0] for deal in deals], points))}, reserved {RESERVED} each: {named}")
assert named == {"nash_points": ["exclusive"], "kalai_points": ["shared"], "ks_points": ["shared"]}, "it has changed"
assert "rational_only" in pareto_frontier.__doc__ and "rational_only" not in inspect.signature(pareto_frontier).parameters
print("as found: two parties would be better off without the deal that it names")
PY
