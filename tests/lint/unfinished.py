"""What is committed is finished: the words that mark what is not are not used."""
import re

import tree

WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\b(?i:stubs?|stubbed|not (yet )?implemented|unimplemented)\b")


def findings(path, text):
    for m in WORDS.finditer(text):
        yield tree.line_of(text, m.start()), f"'{m.group()}'"


tree.run(
    findings,
    concerns=lambda path: path.endswith(tree.CPP + (".py", ".cmake", ".toml", "CMakeLists.txt", ".service"))
    and not path.startswith(tree.SAMPLES),
    bad=[
        ("a.cpp", "// TODO: later"),
        ("conf/newsd.toml", "# not implemented"),
        ("a.h", "struct Stub {};"),
        ("a.h", "// a stub"),
    ],
    good=[("a.cpp", "// stubborn hackers do not")],
)
