"""Pure folders (layers.txt) know no clock, disk, network, environment, thread or log: the same bytes in give the same
values out, anywhere."""
import os
import re

import tree

HEADERS = re.compile(
    r"boost/(asio|beast|process|filesystem|log)\b.*|curl/.*|sqlite3\.h|systemd/.*"
    r"|sys/(?!types\.h).*|unistd\.h|fcntl\.h|dirent\.h|poll\.h|netdb\.h|arpa/.*|netinet/.*"
    r"|i?ostream|fstream|filesystem|syncstream|print|thread|mutex|future|condition_variable"
    r"|random|ctime|time\.h|clocale|locale|locale\.h"
)
USES = (
    r"::now\s*\(|\b(std::)?(secure_)?getenv\s*\("
    r"|\bstd::(time|clock|random_device|locale|filesystem|rand|cout|cerr|clog)\b"
    r"|\b(setlocale|fopen|gettimeofday|clock_gettime|localtime(_r)?|mktime|srand|printf|perror)\s*\("
)


def pure():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.txt"), encoding="utf-8") as table:
        rows = [line.split("#")[0].split() for line in table]
    return tuple(row[0] + "/" for row in rows if row and row[1] == "pure")


def findings(path, text):
    for line, name, angled in tree.includes(text):
        if angled and HEADERS.fullmatch(name):
            yield line, f"<{name}> in a pure folder"
    yield from tree.matches(USES, text, "'{}' in a pure folder: what it needs comes in as an argument")


tree.run(
    findings,
    concerns=lambda path: path.startswith(pure()) and path.endswith(tree.CPP),
    bad=[
        ("feeds/text/a.cpp", "#include <boost/asio/io_context.hpp>\n"),
        ("feeds/format/a.cpp", "#include <fstream>\n"),
        ("daemon/dedupe/a.cpp", "#include <sqlite3.h>\n"),
        ("daemon/event/a.cpp", "auto t = std::chrono::system_clock::now();\n"),
        ("daemon/classify/a.cpp", 'auto home = std::getenv("HOME");\n'),
        ("feeds/extract/a.cpp", 'std::printf("%d", n);\n'),
    ],
    good=[
        ("feeds/text/a.cpp", "#include <chrono>\n#include <string>\n// never std::chrono::system_clock::now()\n"),
        ("daemon/ops/clock.cpp", "auto t = std::chrono::system_clock::now();\n"),
        ("feeds/text/b.cpp", 'constexpr std::string_view kWord = "getenv(";\nint known(int x);\n'),
    ],
)
