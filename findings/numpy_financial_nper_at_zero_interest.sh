#!/usr/bin/env bash
# numpy-financial 1.0.0: the number of payments at zero interest has the wrong sign.
#
# Paying back 1,000 with 100 a quarter takes 10 payments. At any rate above zero nper() says so (9.9999993 at 1e-9), at
# a rate of exactly zero it says -10. pyxirr 0.10.8 says 10. Whoever works out a payback without interest by nper gets a
# negative time, and a test of the shape "repaid within the contract" then always passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy-financial==1.0.0 numpy==2.4.6 pyxirr==0.10.8
"$folder/env/bin/python" - <<'PY'
import numpy_financial as npf
import pyxirr

at_zero, near_zero, other = npf.nper(0, -100, 1000), npf.nper(1e-9, -100, 1000), pyxirr.nper(0, -100, 1000)
print(f"numpy-financial {npf.__version__}: rate 0 -> {at_zero}, rate 1e-9 -> {near_zero:.7f}; pyxirr -> {other}")
assert at_zero == -10 and abs(near_zero - 10) < 1e-5 and other == 10, "the behaviour has changed"
print("as found: minus ten payments")
PY
