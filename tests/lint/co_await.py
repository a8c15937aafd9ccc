"""g++ 12 miscompiles a full expression that holds co_await together with a brace-initialised temporary or a ?: of
class type (a double free, no warning). So: a named local first, then co_await. `// co_await-ok: why` on the line
allows one that was looked at."""
import re

import tree

BRACES = re.compile(r"[A-Za-z0-9_>(]\{|,\s*\{")


def expression_around(text, at):
    """The full expression around an offset: from the last ; { or } before it to the ; or unmatched ) or } after it."""
    begin = max(text.rfind(c, 0, at) for c in ";{}") + 1
    depth, end = 0, at
    while end < len(text):
        c = text[end]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif c == ";" and depth == 0:
            break
        end += 1
    return begin, end


def findings(path, text):
    blanked = tree.code(text)
    lines = text.splitlines()
    for m in re.finditer(r"\bco_await\b", blanked):
        line = tree.line_of(text, m.start())
        if "co_await-ok:" in lines[line - 1]:
            continue
        begin, end = expression_around(blanked, m.start())
        expression = blanked[begin:end]
        inside_braces = re.search(r"[A-Za-z0-9_>]\{$", blanked[:begin])
        if inside_braces or BRACES.search(expression):
            yield line, "a brace-initialised temporary beside co_await (g++ 12): make it a named local first"
        elif "?" in expression:
            yield line, "?: beside co_await (g++ 12): decide first, into a named local"


tree.run(
    findings,
    bad=[
        ("a.cpp", "co_await send(Frame{1, 2});"),
        ("a.cpp", "co_await send(x, {1, 2});"),
        ("a.cpp", "co_await send({1, 2});"),
        ("a.cpp", "auto n = co_await send(big ? a : Frame());"),
        ("a.cpp", "auto n = big ? co_await a() : b;"),
        ("a.cpp", "co_await send(\n    std::vector<Frame>{\n        one});"),
        ("a.cpp", "auto pair = Pair{co_await a(), 2};"),
    ],
    good=[
        ("a.cpp", "Frame frame{1, 2};\nco_await send(std::move(frame));"),
        ("a.cpp", "if (co_await more()) {\n  Frame f{1};\n}\n"),
        ("a.cpp", "while (!done) {\n  auto n = co_await read(buffer);  // what? {\n}\n"),
        ("a.cpp", 'co_await say("a{b}?");'),
        ("a.cpp", "co_await send(Frame{1});  // co_await-ok: Frame is an int in disguise\n"),
        ("a.cpp", "for (auto& x : xs) {\n  co_await x.close();\n}\nint y = a ? b : c;\n"),
    ],
)
