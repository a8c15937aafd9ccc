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


# Words of Shona, of which no package has texts: the commonest, and what the grammar joins to its prefixes. Written down by the project.
SHONA_WORDS = """kuti uye asi nokuti nekuti kana saka zvino zvakare zvikuru chete pamwe pasi pamusoro mukati kunze shure mberi pakati pedyo kure apo ipapo ipo kwete
hongu ndiyo ndivo ndizvo ndiko ndipo ndiye izvi izvo ichi icho iyi iyo uyu uyo ava avo idzi idzo iri iro aya ayo zvose vose yose dzose rose kose zvese
vese wese mumwe vamwe chimwe zvimwe imwe dzimwe rimwe mamwe kumwe zvakadaro zvakanaka zvakaipa chaizvo kusvika kubva pashure panguva panze muno
mumwewo naizvozvo sezvo sezvinei kunyange nyange zvisinei kare kusvikira sei chii ani kupi riini zvingani vangani motsi mbiri nhatu ina shanu nhanhatu
nomwe sere pfumbamwe gumi zana chiuru vaviri vatatu vana vashanu wokutanga wechipiri wechitatu""".split()
SHONA_NOUNS = """munhu vanhu mwana vana murume varume mukadzi vakadzi mukomana vakomana musikana vasikana baba amai sekuru ambuya hanzvadzi mukoma shamwari mambo ishe
mwari imba dzimba musha misha guta maguta nyika nyaya nhau mutauro mitauro chikoro zvikoro mudzidzi vadzidzi mudzidzisi vadzidzisi chipatara zvipatara
chiremba mushonga mishonga chirwere zvirwere hutano upfumi hupfumi mari basa mabasa mushandi vashandi murimi varimi mombe mbudzi huku imbwa hove
shumba nzou muti miti mvura moto mhepo zuva mazuva mwedzi nyeredzi gomo makomo rwizi nzizi munda minda chibage chikafu sadza nyama muriwo mukaka munyu
nguva gore makore svondo vhiki muvhuro chipiri chitatu china chishanu mugovera nhasi nezuro mangwana mangwanani masikati manheru usiku hurumende
mutungamiri mutungamiriri gurukota makurukota nhengo dare matare mutemo mitemo sarudzo musangano misangano mapurisa mauto musoja hondo runyararo
rusununguko kodzero bato mapato dunhu matunhu kanzuru mugwagwa migwagwa motokari bhazi ndege chitima bhuku mabhuku tsamba bepa mapepa mutambo mitambo
nhabvu mutambi vatambi chikwata zvikwata mukombe rwiyo nziyo muimbi vaimbi chechi mufundisi musika misika chitoro zvitoro mutengo mitengo magetsi
goridhe fodya nzara kusanaya mvura mafashamo njodzi rufu mhosva mbavha jeri mudzimai vagari vechidiki vakuru ukama rudo mufaro kusuwa hasha tariro
chokwadi nhema dambudziko matambudziko nzira mibvunzo mhinduro zano mazano shanduko budiriro""".split()
SHONA_VERBS = """ita enda uya taura ona nzwa ziva da pa tora dya nwa rara muka famba mhanya shanda dzidza dzidzisa batsira tenga tengesa vaka vhura vhara tanga pedza
rwa uraya fa rarama zvarwa kura imba tamba seka chema funga bvunza pindura nyora verenga tuma gamuchira bvuma ramba sarudza tonga tungamira batanidza
sangana dzoka siya chengeta rasika wana tsvaga kunda kundwa sunga sunungura pomera udza tsanangura zivisa ronga gadzira paradza pisa dzima rima kohwa
rwara rapa pinda buda gara kwira dzika tambira""".split()


def shona():
    """What has no package: (code, source, text)."""
    subjects = "ndi u a ti mu va chi zvi i dzi ri ma".split()
    past = "nda wa a ta ma va cha zva ya dza ra".split()
    words = list(SHONA_WORDS)
    for verb in SHONA_VERBS:
        stem = verb[:-1]
        words += ["ku" + verb, "haku" + stem + "i", "ka" + verb, "nga" + stem + "e", "va" + verb, verb + "wa", stem + "isa", stem + "irwa"]
        words += [subject + tense + verb for subject in subjects for tense in ("no", "cha", "chi", "ka")]
        words += [subject + "ka" + verb for subject in past]
        words += [start + subject + end for subject in subjects[:6] for start, end in (("ha", stem + "i"), ("", "nga" + stem + "e"))]
    for noun in SHONA_NOUNS:
        words += [noun] * 4 + [prefix + noun for prefix in "pa ku mu ne se we ve ye dze re che zve kwe pe".split()]
    for concord in "w v ch zv y dz r rw kw p m".split():
        words += [concord + owner for owner in "angu ako ake edu enyu avo".split()] * 3
    yield "sn", "words of the project", " ".join(words)


def packaged(folder):
    readers = (("libreoffice-l10n-", catalogues), ("firefox-esr-l10n-", fluent), ("unicode-cldr-core", cldr))
    for deb in sorted(folder.glob("*.deb")):
        package = deb.name.partition("_")[0]
        for prefix, reader in readers:
            if not package.startswith(prefix): continue
            with tempfile.TemporaryDirectory() as root:
                subprocess.run(["dpkg-deb", "-x", deb, root], check=True)
                yield from reader(pathlib.Path(root), package)


def variants(code, text):
    """Ways in which papers often write what the sources write in one."""
    if code == "yo":
        yield "without marks", "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if code == "fa": yield "with Arabic letters", text.replace("\u06cc", "\u064a").replace("\u06a9", "\u0643")


def main():
    folder = pathlib.Path(sys.argv[1])
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    for code, source, text in [*short_texts(folder), *packaged(folder), *shona()]:
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
        for kind, variant in variants(code, text):
            out.write(json.dumps({"language": code, "source": f"{source} {kind}", "text": variant}, ensure_ascii=False) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
