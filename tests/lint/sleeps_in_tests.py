"""A test waits for what it waits for (a line, a file, the end of a process), never for time to pass: sleeping tests
are slow and fail when the machine is busy."""
import re

import tree

CPP_SLEEP = r"\bsleep_(for|until)\s*\(|\b(u|nano)?sleep\s*\("
SCRIPT_SLEEP = re.compile(r"^[^#]*?(\btime\.sleep\s*\(|(?:^|[;&|]|\bdo|\bthen)\s*sleep\s+[\d.$])", re.MULTILINE)


def findings(path, text):
    if path.endswith(tree.CPP):
        yield from tree.matches(CPP_SLEEP, text, "'{}': wait for the thing itself")
    else:
        for m in SCRIPT_SLEEP.finditer(text):
            yield tree.line_of(text, m.start(1)), f"'{m.group(1).strip()}': wait for the thing itself"


tree.run(
    findings,
    concerns=lambda path: path.startswith("tests/") and not path.startswith(tree.SAMPLES),
    bad=[
        ("tests/a.cpp", "std::this_thread::sleep_for(1s);"),
        ("tests/a.cpp", "::usleep(10);"),
        ("tests/e2e/a.py", "import time\ntime.sleep(1)\n"),
        ("tests/run", "#!/bin/sh\nsleep 5\n"),
        ("tests/e2e/a", "while true; do sleep 0.1; done\n"),
    ],
    good=[
        ("tests/a.cpp", "// sleep_for(1s) would be slow\nwait_for_line();"),
        ("tests/e2e/a.py", "# time.sleep(1)\nfalls_asleep (3)\n"),
    ],
)
