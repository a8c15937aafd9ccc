"""The repository as the lint rules see it: its files, C++ without comments and literals, and how a rule is run.

A rule is a file of this folder that calls run() with findings(path, text) → (line, words)…, and samples that must and
must not be found: `RULE.py ROOT` checks the tree, `RULE.py --prove` the samples, so that a rule that sees nothing fails
as well.
"""
import os
import re
import sys

TOP = (".ci", ".cmake", ".github", "conf", "daemon", "feeds", "systemd", "tests")
CPP = (".cpp", ".h")
SAMPLES = ("tests/lint/", "tests/golden/", "tests/fuzz/corpus/", "conf/samples/")  # wrong on purpose, some of them


def files(root):
    """Paths of all files of the project below `root`, relative to it, sorted. No build directories, no git."""
    found = [name for name in os.listdir(root) if os.path.isfile(os.path.join(root, name))]
    for top in TOP:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = [f for f in folders if f != "__pycache__"]
            found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(found)


_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)")"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<number>\b\d[\w.']*)"""  # before characters: 10'000 holds none
    r"""|(?P<char>'(?:\\.|[^'\\\n])+')""",
    re.DOTALL,
)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return _TOKEN.sub(lambda m: _blank(m.group()) if m.group("comment") else m.group(), text)


def code(text):
    """C++ with comments and the insides of literals blanked; offsets and lines stay what they were."""

    def blanked(m):
        whole = m.group()
        if m.group("number"):
            return whole
        if m.group("comment"):
            return _blank(whole)
        return whole[0] + _blank(whole[1:-1]) + whole[-1]

    return _TOKEN.sub(blanked, text)


def includes(text):
    """(line, name, whether in angle brackets) of every #include."""
    for m in _INCLUDE.finditer(without_comments(text)):
        yield line_of(text, m.start()), m.group(1) or m.group(2), m.group(2) is not None


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def matches(pattern, text, words):
    """A finding for each match of `pattern` in C++ code."""
    for m in re.finditer(pattern, code(text)):
        yield line_of(text, m.start()), words.format(m.group().strip())


def check(root, findings, concerns):
    count = 0
    for path in files(root):
        if not concerns(path):
            continue
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            text = file.read()
        for line, words in findings(path, text):
            print(f"{path}:{line}: {words}")
            count += 1
    return count


def prove(findings, concerns, bad, good):
    wrong = 0
    for path, text in bad:
        if not concerns(path) or not list(findings(path, text)):
            print(f"not found in {path}: {text!r}")
            wrong += 1
    for path, text in good:
        if concerns(path) and list(findings(path, text)):
            print(f"found in {path}, wrongly: {text!r}: {list(findings(path, text))}")
            wrong += 1
    return wrong


def run(findings, *, bad, good, concerns=lambda path: path.endswith(CPP)):
    if sys.argv[1:] == ["--prove"]:
        sys.exit(1 if prove(findings, concerns, bad, good) else 0)
    sys.exit(1 if check(sys.argv[1], findings, concerns) else 0)
