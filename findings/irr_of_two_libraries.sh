#!/usr/bin/env bash
# numpy-financial 1.0.0 and pyxirr 0.10.8 give different internal rates of return for the same business case.
#
# A case with an outlay, returns, and a cost at the end (taking a bespoke line down again) can have two rates at which
# its net present value is zero. -1000, 2500, -1540 has 10% and 40%; numpy-financial answers 10%, pyxirr 40%, neither
# says that there is another, and pyxirr's guess of 0.1 changes nothing. A hurdle rate of 25% is missed by the one and
# passed by the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy-financial==1.0.0 numpy==2.4.6 pyxirr==0.10.8
"$folder/env/bin/python" - <<'PY'
import warnings

import numpy_financial as npf
import pyxirr

warnings.simplefilter("error")
flows = [-1000, 2500, -1540]
one, two, guided = npf.irr(flows), pyxirr.irr(flows), pyxirr.irr(flows, guess=0.1)
for rate in (0.10, 0.40):
    assert abs(npf.npv(rate, flows)) < 1e-9
print(f"numpy-financial {npf.__version__}: {one:.1%}; pyxirr {pyxirr.__version__}: {two:.1%}, from a guess of 10%: {guided:.1%}")
assert abs(one - 0.10) < 1e-9 and abs(two - 0.40) < 1e-9 and abs(guided - 0.40) < 1e-9, "the behaviour has changed"
print("as found: two answers, no warning")
PY
