"""Every bash script parses, stops at errors (set -euo pipefail) and may be executed."""
import os
import subprocess
import sys

import tree


def findings(path, text):
    if not text.startswith("#!/usr/bin/env bash\n"):
        return
    parsed = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    if parsed.returncode != 0:
        yield 1, f"bash -n: {parsed.stderr.strip()}"
    if "\nset -euo pipefail\n" not in text:
        yield 1, "no 'set -euo pipefail'"
    whole = os.path.join(sys.argv[1], path)
    if os.path.exists(whole) and not os.access(whole, os.X_OK):
        yield 1, "not executable"


START = "#!/usr/bin/env bash\nset -euo pipefail\n"

tree.run(
    findings,
    concerns=lambda path: not path.endswith(tree.CPP) and not path.startswith(tree.SAMPLES),
    bad=[("tests/run", START + "if true; then\n"), ("tests/run", "#!/usr/bin/env bash\ntrue\n")],
    good=[("tests/run", START + "if true; then echo; fi\n"), ("LICENSE", "if ( then\n")],
)
