#!/usr/bin/env python3
"""Published sentences with marked names → rows for `newsd train names`: a word, a tab and its tag a line, an empty line between sentences.

usage: names_rows.py FOLDER > ROWS.conll

FOLDER is the folder data of the collection that conf/models/make_names_model fetches. Of re3d's documents those of Wikipedia, the BBC and the
European Union are left out: their licences ask for more than a name, or none is told. Two sentences in five, by a digest of their words, are never learned from: they are there to measure with.
"""
import hashlib, pathlib, sys

KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC", "Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "MISC"}
SOURCES = ("CENTCOM", "UK_Government", "US_State_Department", "Australian_Department_of_Foreign_Affairs")
# re3d marks what a text refers to with article and pronoun; newsd tells names alone.
DETERMINERS = set("the a an this that these those our its their his her my your some any all".split())
PRONOUNS = set("i we our us my me he his him it its they them their she her you your".split())


def sentences(path):
    """(words, [(first, end, kind)]) of each sentence of a file."""
    words, tags = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if not cells or cells[0] == "-DOCSTART-":
            if words:
                yield words, names(tags)
            words, tags = [], []
        else:
            words.append(cells[0]), tags.append(cells[-1])


def names(tags):
    found = []
    for i, tag in enumerate(tags):
        kind = tag[2:]
        if kind and tag[0] == "I" and i and tags[i - 1][2:] == kind:
            found[-1][1] = i + 1
        elif kind:
            found.append([i, i + 1, kind])
    return [(first, end, KINDS[kind]) for first, end, kind in found if kind in KINDS]


TITLES = set("""president prime minister foreign secretary deputy assistant special envoy ambassador general gen. maj. lt. col. colonel lieutenant major brig. sgt. captain
commander army chief of state defense defence us u.s. staff king chancellor mr mr. mrs. ms. dr. sir senator iraqi syrian""".split())


def strict(words, found):
    """Names from their first to their last capital, without article and title; what is one common adjective then is none."""
    for first, end, kind in found:
        whole = end - first
        while first < end and words[first].lower() in DETERMINERS:
            first += 1
        while kind == "PER" and first + 1 < end and words[first].lower() in TITLES:
            first += 1
        while first < end and not words[end - 1][:1].isupper():
            end -= 1
        cut = end - first == 1 and whole > 1 and kind == "ORG" and words[first].endswith(("i", "an", "ish", "ese"))
        titled = kind == "PER" and end - first == 1 and words[first].lower() in TITLES
        if first < end and not cut and not titled and words[first].lower() not in PRONOUNS:
            yield first, end, kind


def digest(text):
    return hashlib.sha1(text.encode()).hexdigest()


def learned_from(prefix, words):
    return int(digest(prefix + digest(" ".join(words))[:12])[:8], 16) % 100 < 60


def main(folder):
    rows = {}
    for words, found in sentences(folder / "wikigold/CONLL-format/data/wikigold.conll.txt"):
        if learned_from("wg-", words):
            rows[digest(" ".join(words))] = words, found
    for source in SOURCES:
        for path in sorted((folder / "re3d/CONLL-format/data-by-source/conll" / source).glob("*.conll")):
            for words, found in sentences(path):
                if learned_from("re3d-", words):
                    rows[digest(" ".join(words))] = words, list(strict(words, found))
    for _, (words, found) in sorted(rows.items()):
        tags = ["O"] * len(words)
        for first, end, kind in found:
            tags[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
        print("\n".join(f"{word}\t{tag}" for word, tag in zip(words, tags)), end="\n\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
