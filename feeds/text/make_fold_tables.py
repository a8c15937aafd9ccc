#!/usr/bin/env python3
"""Writes fold_tables.cpp to stdout from Python's copy of the Unicode Character Database (its version is printed into the file).
Characters: Latin, Greek, Cyrillic, Armenian, full-width Latin. Run it, then clang-format the file, when Unicode adds letters there."""
import textwrap
import unicodedata

BLOCKS = [range(0x41, 0x590), range(0x1E00, 0x2000), range(0x2C60, 0x2C80), range(0xA640, 0xA6A0), range(0xA720, 0xA800), range(0xFF21, 0xFF3B)]


def compositions():
    for c in (c for block in BLOCKS for c in block):
        parts = unicodedata.normalize("NFD", chr(c))
        if unicodedata.normalize("NFC", chr(c)) != chr(c) or len(parts) < 2:
            continue
        base = ord(unicodedata.normalize("NFC", parts[:-1])) if len(unicodedata.normalize("NFC", parts[:-1])) == 1 else 0
        if base:
            yield base, ord(parts[-1]), c


def case_ranges():
    folds = [(c, ord(chr(c).casefold()) - c) for block in BLOCKS for c in block if len(chr(c).casefold()) == 1 and chr(c).casefold() != chr(c)]
    ranges = []
    for c, delta in folds:
        last = ranges[-1] if ranges else None
        if last and last[3] == delta and c - last[1] in (1, 2) and (last[0] == last[1] or c - last[1] == last[2]):
            last[2] = c - last[1]
            last[1] = c
        else:
            ranges.append([c, c, 1, delta])
    return ranges


def table(rows):
    # rows are wrapped whole: "_" holds a row together until the lines are made
    rows = "".join("{" + ",_".join(str(x) if i >= 2 and len(r) == 4 else f"0x{x:04X}" for i, x in enumerate(r)) + "}, " for r in rows)
    return textwrap.fill(rows, 118, break_on_hyphens=False).replace("_", " ")


print(f"""// Made by make_fold_tables.py from Unicode {unicodedata.unidata_version}: do not edit.
#include "feeds/text/fold_tables.h"

#include <array>

namespace newsd {{
namespace {{

// clang-format off
constexpr auto kCompositions = std::to_array<Composition>({{""")
print(table(sorted(compositions())))
print("});\n\nconstexpr auto kCaseRanges = std::to_array<CaseRange>({")
print(table(case_ranges()))
print("""});
// clang-format on

}  // namespace

std::span<const Composition> compositions() { return kCompositions; }
std::span<const CaseRange> case_ranges() { return kCaseRanges; }

}  // namespace newsd""")
