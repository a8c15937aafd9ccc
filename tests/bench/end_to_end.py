#!/usr/bin/env python3
"""The whole way of an item, measured: a drop directory full of generated articles → `newsd run --once` → a file.

    tests/bench/end_to_end.py build/newsd [--articles 20000] [--workers N] [--stdin]

Prints articles a second of wall time, CPU microseconds an article, the peak of memory, and the bytes on disk. --stdin sends
the same articles as article NDJSON instead of files. Articles are generated from their number, so runs can be compared.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import subprocess
import tempfile
import time

SUBJECTS = "council harbour hospital museum railway theatre school bakery orchard library ferry bridge stadium market".split()
VERBS = "approves rejects reopens repairs extends postpones buys sells moves praises questions funds".split()
ADJECTIVES = "old new northern southern public costly quiet early late modest large small".split()
SYLLABLES = "ka ro mi ten bel dor fan gil hum jor lev nas pir sol tam ved wis yor zan".split()


def article(number: int) -> tuple[str, list[str]]:
    """A headline and five paragraphs of about 600 bytes, alike to no other number's."""
    pick = random.Random(number)

    def name() -> str:
        return "".join(pick.choices(SYLLABLES, k=3)).capitalize()

    def sentence() -> str:
        return (f"The {pick.choice(ADJECTIVES)} {pick.choice(SUBJECTS)} of {name()} {pick.choice(VERBS)} {pick.randrange(2, 900)} "
                f"{pick.choice(SUBJECTS)}s after {name()} {name()} spoke to the {pick.choice(SUBJECTS)} on Tuesday.")

    headline = f"{name()} {pick.choice(SUBJECTS)} {pick.choice(VERBS)} {pick.choice(ADJECTIVES)} {pick.choice(SUBJECTS)} {number}"
    return headline, [" ".join(sentence() for _ in range(5)) for _ in range(5)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("newsd", type=pathlib.Path)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--workers", type=int, default=0)
    options.add_argument("--stdin", action="store_true")
    chosen = options.parse_args()

    with tempfile.TemporaryDirectory(prefix="newsd-bench-") as room:
        home = pathlib.Path(room)
        inbox, rows, out = home / "in", home / "rows.ndjson", home / "events.ndjson"
        inbox.mkdir()
        (home / "newsd.toml").write_text(
            f'state_dir = "{home}/state"\n[[drop]]\npath = "{inbox}"\ndone = "delete"\n[[output]]\nkind = "file"\npath = "{out}"\n')
        with open(rows, "w", encoding="utf-8") as ndjson:
            for number in range(chosen.articles):
                headline, paragraphs = article(number)
                if chosen.stdin:
                    ndjson.write(json.dumps({"id": str(number), "title": headline, "text": "\n\n".join(paragraphs)}) + "\n")
                else:
                    (inbox / f"{number:07}.txt").write_text("\n\n".join([headline, *paragraphs]) + "\n")
        command = [chosen.newsd.resolve(), "run", "--once", "-c", home / "newsd.toml"]
        if chosen.workers:
            command += ["--workers", str(chosen.workers)]
        if chosen.stdin:
            command += ["--stdin", "--input-format", "article-ndjson"]
        began = time.monotonic()
        with open(rows, "rb") as source:
            subprocess.run(command, stdin=source, stderr=subprocess.DEVNULL, check=True)
        wall = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        new = sum(b'"newsd.article.new"' in line for line in open(out, "rb"))
        stored = sum(f.stat().st_size for f in (home / "state").iterdir())
    print(f"{new} articles announced of {chosen.articles}, {new / wall:.0f} a second, "
          f"{(used.ru_utime + used.ru_stime) / max(new, 1) * 1e6:.0f} µs CPU each, peak {used.ru_maxrss / 1024:.0f} MiB, "
          f"journal {stored / max(new, 1):.0f} bytes an article, on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
