"""Make the fonts in assets/fonts again: ``python .ci/fonts.py``; needs Debian's fonts-inter, fonttools and brotli.

Each is Inter cut down to Latin and the signs that the desktop shows, with tabular figures put in place of the
proportional ones, because the text renderer cannot switch an OpenType feature on. Two of them are cut down further for
pages, which carry them inside (woff2), with the widths of their letters in widths.json, by which charts are laid out.
"""

import json
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "assets" / "fonts"
SOURCE = Path("/usr/share/fonts/opentype/inter")
NAMES = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold", "InterDisplay-SemiBold")
SIGNS = "–—‘’“”„†•…‰′″‹›€™←↑→↓↖↗↘↙↵−≈≠≤≥▲▶▼◀●○■□✓✕✗⌘⇧⌥◆★∞∑Δσμ\u2009\u202f"
PAGES = {"Regular": "Inter-Regular", "SemiBold": "Inter-SemiBold"}
ON_PAGES = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”„†•…′″−≈≠≤≥←↑→↓↗↘▲▼●■□✓✗€\u2009\u202f")]
FEATURES = ("kern", "calt", "ccmp", "locl", "mark", "mkmk")


def tabular(font: TTFont) -> dict[str, str]:
    """Glyph by glyph, what stands for it where figures have one width."""
    table, swaps = font["GSUB"].table, {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for row in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[row].SubTable:
                inner = part.ExtSubTable if part.LookupType == 7 else part
                if inner.LookupType == 1:
                    swaps.update(inner.mapping)
    return swaps


def build(name: str) -> None:
    """One font."""
    font = TTFont(SOURCE / f"{name}.otf")
    swaps = tabular(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: swaps[glyph] for code, glyph in table.cmap.items() if glyph in swaps})
    options = Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    cut = Subsetter(options)
    cut.populate(unicodes=[*range(0x20, 0x7F), *range(0xA0, 0x250), *map(ord, SIGNS)])
    cut.subset(font)
    font.save(FOLDER / f"{name}.otf")


def cut_for_pages(weight: str, name: str) -> dict[str, float]:
    """A page's font from the desktop's; the widths of its letters, as parts of the size."""
    font = TTFont(FOLDER / f"{name}.otf")
    options = Options()
    options.layout_features, options.hinting, options.flavor = ["kern"], False, "woff2"
    cut = Subsetter(options)
    cut.populate(unicodes=ON_PAGES)
    cut.subset(font)
    font.flavor = "woff2"
    font.save(FOLDER / f"page-{weight}.woff2")
    advance, unit = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): round(advance[glyph][0] / unit, 4) for code, glyph in sorted(font.getBestCmap().items())}


if __name__ == "__main__":
    for each in NAMES:
        build(each)
    widths = {weight: cut_for_pages(weight, name) for weight, name in PAGES.items()}
    text = json.dumps(widths, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "widths.json").write_text(text + "\n", encoding="utf-8")
