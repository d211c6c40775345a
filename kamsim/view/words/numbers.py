"""Numbers as people type them."""

from __future__ import annotations

import re
from typing import Final

SCALES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
NUMBER: Final = re.compile(
    r"([+\-\u2212]?)\s*[€$£]?\s*(\d[\d,.' ]*)\s*(k|m|bn)?\s*(%|per cent|percent|points?|eur|euros?)?"
)


def parse_number(text: str) -> float | None:
    """A number as people type it: 5, 5.5%, 5,5, €1,200,000, 900k, -1.2m. None for anything else."""
    found = NUMBER.fullmatch(text.strip().casefold())
    if found is None or len(text) > 40:
        return None
    digits = found[2].replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+", digits) and (digits.count(",") + digits.count(".") > 1 or "," in digits):
        digits = re.sub(r"[,.]", "", digits)
    digits = digits.replace(",", ".") if digits.count(",") == 1 and "." not in digits else digits.replace(",", "")
    try:
        value = float(digits) * SCALES[found[3] or ""]
    except ValueError:
        return None
    return -value if found[1] in ("-", "\u2212") else value
