#!/usr/bin/env python3
"""Text in many languages → rows for `newsd train language`, one JSON object a line: {"language", "text", "source"}.

usage: language_rows.py FOLDER > ROWS.ndjson

FOLDER holds what conf/models/make_language_model fetches: Debian packages (*.deb) and the source of libexttextcat. Only the text is taken, and only to
count how often runs of letters occur in it; conf/README.md lists the packages and their licences.
"""
import collections, io, json, pathlib, re, struct, subprocess, sys, tarfile, tempfile, unicodedata, xml.etree.ElementTree as xml, zipfile

# Names that differ from those of the model. What a language is written with besides its usual script is a language of its own to it.
CODES = {"sr-Cyrl": "sr", "zh-Hans": "zh", "zh-cn": "zh", "zh-tw": "zh-Hant", "pt-br": "pt", "pa-in": "pa", "hy-am": "hy", "kmr": "ku", "nb-no": "nb",
         "nn-no": "nn", "es-es": "es", "ga-ie": "ga", "sv-se": "sv", "en-gb": "en"}
LANGUAGES = set("""af am ar az az-Cyrl be bg bn bs ca ckb cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky la lg lo lt lv
mi mk ml mn mr ms mt my nb ne nl nn or pa pl ps pt ro ru rw sd si sk sl sn so sq sr sr-Latn st sv sw ta te tg th tl tn tr ts ug uk ur uz uz-Cyrl vi xh yi yo zh zh-Hant
zu""".split())
MOST = 900_000  # characters of a language from one source: more changes nothing


def clean(text):
    """Prose: no mark-up, placeholders, addresses or names of commands."""
    text = re.sub(r"<[^<>]*>|&[A-Za-z]+;|\{[^{}]*\}|%\w+%?|\$\(?\w+\)?|\w+://\S+|\S+@\S+|\b\w*_\w*\b|~", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def foreign(text, latin_too):
    """Whether a string was left in English: Latin letters in a language that is written otherwise."""
    letters = [c for c in text if c.isalpha()]
    return not latin_too and sum(c < "\u0250" for c in letters) * 2 > len(letters)


def short_texts(folder):
    """Running text of libexttextcat's ShortTexts."""
    for archive in folder.glob("libexttextcat_*.orig.tar.*"):
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                path = pathlib.PurePath(member.name)
                if path.parent.name == "ShortTexts" and path.suffix == ".txt":
                    yield path.stem, "libexttextcat", tar.extractfile(member).read().decode("utf-8", "replace")


def messages(path):
    """(original, translation) of each message of a .mo file (gettext's manual, section 10.3)."""
    data = path.read_bytes()
    count, originals, translations = struct.unpack_from("<III", data, 8)
    def text(table, i):
        length, at = struct.unpack_from("<II", data, table + 8 * i)
        return data[at:at + length].decode("utf-8", "replace").partition("\0")[0]
    for i in range(count):
        original = text(originals, i).rpartition("\x04")[2]
        if original: yield original, text(translations, i)


def catalogues(root, package):
    """Messages of the .mo files of a LibreOffice package; of one package the English originals, too."""
    code, found = package.removeprefix("libreoffice-l10n-"), []
    for path in sorted(root.rglob("LC_MESSAGES/*.mo")): found += messages(path)
    yield code, "libreoffice", "\n".join(clean(translation) for original, translation in found if translation != original)
    if code == "de": yield "en", "libreoffice", "\n".join(clean(original) for original, _ in found)


def fluent(root, package):
    """Messages of a Firefox package: the values of its .ftl and .properties files."""
    code, parts = package.removeprefix("firefox-esr-l10n-"), []
    for path in sorted(root.rglob("*.xpi")):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if not name.endswith((".ftl", ".properties")): continue
                for line in archive.read(name).decode("utf-8", "replace").splitlines():
                    if line.startswith("#"): continue
                    value = re.sub(r"^\s*[.\w-]+\s*=\s*", "", line)
                    if value.count(" ") >= 1: parts.append(clean(value))
    yield code, "firefox", "\n".join(parts)


def cldr(root, _):
    """Names and keywords of CLDR: countries, languages, units, what pictures show."""
    texts = collections.defaultdict(list)
    for folder in ("main", "annotations"):
        for path in sorted(root.glob(f"usr/share/unicode/cldr/common/{folder}/*.xml")):
            code = {"no": "nb", "fil": "tl"}.get(path.stem, path.stem.replace("_", "-"))
            if code not in LANGUAGES: continue
            for element in xml.parse(path).getroot().iter():
                if element.tag in {"language", "territory", "currency", "displayName", "annotation", "unitPattern", "exemplarCity"} and element.text:
                    text = element.text.replace("|", ",").replace("↑↑↑", "")
                    if len(text) > 3: texts[code].append(clean(text))
    for code, parts in texts.items(): yield code, "cldr", "\n".join(parts)


def packaged(folder):
    readers = (("libreoffice-l10n-", catalogues), ("firefox-esr-l10n-", fluent), ("unicode-cldr-core", cldr))
    for deb in sorted(folder.glob("*.deb")):
        package = deb.name.partition("_")[0]
        for prefix, reader in readers:
            if not package.startswith(prefix): continue
            with tempfile.TemporaryDirectory() as root:
                subprocess.run(["dpkg-deb", "-x", deb, root], check=True)
                yield from reader(pathlib.Path(root), package)


def main():
    folder = pathlib.Path(sys.argv[1])
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    for code, source, text in [*short_texts(folder), *packaged(folder)]:
        code = CODES.get(code, code)
        if code not in LANGUAGES: continue
        letters = [c for c in text if c.isalpha()]
        latin = sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters) * 2 > len(letters)
        kept, size = [], 0
        for line in text.splitlines():
            if not line or foreign(line, latin): continue
            size += len(line)
            if size > MOST: break
            kept.append(line)
        text = "\n".join(kept)
        if not any(c.isalpha() for c in text): continue
        out.write(json.dumps({"language": code, "source": source, "text": text}, ensure_ascii=False) + "\n")
        if code == "yo":  # papers often write it without its marks
            plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            out.write(json.dumps({"language": code, "source": source + " without marks", "text": plain}, ensure_ascii=False) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
