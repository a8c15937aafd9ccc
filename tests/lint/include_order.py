"""Who may include whom: every #include and every DEPS of a newsd_library() follows layers.txt."""
import functools
import os
import re

import tree


@functools.cache
def layers():
    """folder → what it may include, itself and everything below included."""
    direct = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.txt"), encoding="utf-8") as table:
        for line in table:
            words = line.split("#")[0].split()
            if words:
                direct[words[0]] = words[2:]
    below = {}
    for folder, named in direct.items():  # a folder stands below the ones it names, so these are known already
        below[folder] = {folder}.union(*(below[n] for n in named))
    return below


def layer_of(path):
    if path in layers():
        return path
    folder = "/".join(path.split("/")[:2])
    return folder if folder in layers() else None


@functools.cache
def libraries():
    """library → its folder; a folder may have a second one, of what needs less than the rest."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = {}
    for folder in layers():
        path = os.path.join(root, folder, "CMakeLists.txt")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as text:
                found |= {name: folder for name in named_libraries(text.read())}
    return found


def named_libraries(text):
    return re.findall(r"newsd_library\s*\(\s*(newsd_\w+)", text)


def library_findings(path, text):
    own = layer_of(path)
    by_name = libraries() | {name: own for name in named_libraries(text)}
    for m in re.finditer(r"newsd_library\s*\(([^)]*)\)", text):
        for name in re.findall(r"\bnewsd_\w+", m.group(1)):
            if name != "newsd_flags" and by_name.get(name) not in layers()[own]:
                yield tree.line_of(text, m.start()), f"{own} may not link {name}"


def findings(path, text):
    own = layer_of(path)
    if path.endswith("CMakeLists.txt"):
        if own:
            yield from library_findings(path, text)
        return
    if own is None and path.startswith(("feeds/", "daemon/")):
        yield 1, "this folder is not in tests/lint/layers.txt"
        return
    for line, name, angled in tree.includes(text):
        if angled:
            if name.startswith(("feeds/", "daemon/", "tests/")):
                yield line, f"<{name}> is ours: in quotes"
            continue
        other = layer_of(name)
        if own is None:  # tests and their support
            if other is None and not name.startswith("tests/"):
                yield line, f'"{name}" is no path from the root to something known'
            elif path.startswith("tests/feeds/") and name.startswith("daemon/"):
                yield line, "feeds is tested without daemon"
        elif other is None:
            yield line, f'"{name}" is no path from the root to a layer'
        elif other not in layers()[own]:
            yield line, f'{own} may not include "{name}"'


def line(name):
    return f'#include "{name}"\n'


tree.run(
    findings,
    concerns=lambda path: path.endswith(tree.CPP + ("CMakeLists.txt",)),
    bad=[
        ("feeds/text/a.h", line("feeds/format/read.h")),
        ("feeds/source/a.cpp", line("daemon/ops/clock.h")),
        ("daemon/emit/a.cpp", line("daemon/app/app.h")),
        ("daemon/emit/a.cpp", line("daemon/serve/http.h")),
        ("daemon/dedupe/a.cpp", line("daemon/event/event.h")),
        ("daemon/event/a.cpp", line("daemon/ops/clock.h")),
        ("daemon/main.cpp", "\n#  include \"sibling.h\"\n"),
        ("daemon/emit/a.cpp", "#include <daemon/emit/b.h>\n"),
        ("daemon/unheard_of/a.h", "\n"),
        ("tests/feeds/text/a.cpp", line("daemon/event/event.h")),
        ("tests/daemon/emit/a.cpp", line("fake.h")),
        ("feeds/text/CMakeLists.txt", "newsd_library(newsd_text SOURCES a.cpp DEPS newsd_journal)"),
    ],
    good=[
        ("feeds/source/a.cpp", line("feeds/article/document.h") + "#include <vector>\n"),
        ("daemon/event/a.h", line("daemon/dedupe/place.h") + line("daemon/classify/label.h")),
        ("daemon/emit/a.cpp", line("daemon/config/config.h") + line("daemon/journal/journal.h")),
        ("daemon/dedupe/a.cpp", '// not "daemon/event/event.h":\n// #include "daemon/event/event.h"\n'),
        ("daemon/main.cpp", line("daemon/cli/cli.h")),
        ("tests/daemon/emit/a.cpp", line("tests/support/temporary_directory.h") + line("daemon/app/app.h")),
        ("feeds/text/CMakeLists.txt", "newsd_library(newsd_text SOURCES a.cpp DEPS newsd_article PRIVATE newsd_flags)"),
        ("daemon/serve/CMakeLists.txt", "newsd_library(newsd_http_request SOURCES a.cpp DEPS newsd_request)"),
        ("daemon/emit/CMakeLists.txt", "newsd_library(newsd_request SOURCES a.cpp)\nnewsd_library(newsd_emit DEPS newsd_request)"),
    ],
)
