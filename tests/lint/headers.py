"""A header begins by saying what it is (a comment), and is included once (#pragma once)."""
import re

import tree


def findings(path, text):
    if not text.startswith("// "):
        yield 1, "begins without saying what it is"
    if not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield 1, "no #pragma once"


tree.run(
    findings,
    concerns=lambda path: path.endswith(".h"),
    bad=[("a.h", "#pragma once\nint a();\n"), ("a.h", "// What it is.\nint a();\n")],
    good=[("a.h", "// What it is.\n#pragma once\nint a();\n"), ("a.cpp", "int a() { return 1; }\n")],
)
