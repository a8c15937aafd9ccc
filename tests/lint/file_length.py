"""No file beyond 500 lines: it holds two concepts then."""
import tree

MOST = 500


def findings(path, text):
    lines = text.count("\n")
    if lines > MOST:
        yield MOST, f"{lines} lines: which two concepts live in it?"


tree.run(
    findings,
    concerns=lambda path: path.endswith(tree.CPP + (".py", ".cmake", "CMakeLists.txt"))
    or (path.endswith((".js", ".mjs", ".css", ".html")) and not path.startswith(tree.SAMPLES)),
    bad=[("a.cpp", "\n" * 501), ("tests/lint/a.py", "\n" * 600), ("daemon/page/a.js", "\n" * 501)],
    good=[("a.cpp", "\n" * 500), ("conf/topics/a.tsv", "\n" * 5000), ("tests/golden/html/a.html", "\n" * 5000)],
)
