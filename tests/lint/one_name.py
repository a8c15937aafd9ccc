"""A type's name is declared once: two types of one name in namespace newsd break the one-definition rule, and the linker tells nobody."""
import pathlib
import re
import sys


DECLARED = re.compile(r"^(?:template\s*<[^>]*>\s*)?(?:struct|class|enum class)\s+(\w+)\b(?!::)(?!.*;\s*$)", re.MULTILINE)


def names(text):
    """Types declared at the start of a line, outside anonymous namespaces."""
    open_parts = re.sub(r"^namespace \{$.*?^\}  // namespace$", "", text, flags=re.MULTILINE | re.DOTALL)
    return DECLARED.findall(open_parts)


def twice(files):
    first = {}
    for path, text in files:
        for name in names(text):
            if first.setdefault(name, path) != path:
                yield f"{path}: {name} is declared in {first[name]} already"


def prove():
    one = ("a.h", "namespace newsd {\nstruct Phrase {\n};\n}\n")
    other = ("b.h", "namespace newsd {\nclass Phrase {\n};\n}\n")
    hidden = ("c.cpp", "namespace newsd {\nnamespace {\nstruct Phrase {\n};\n}  // namespace\n}\n")
    forward = ("d.h", "namespace newsd {\nclass Phrase;\n}\n")
    assert list(twice([one, other])), "two types of one name were not found"
    assert not list(twice([one, hidden, forward])), "something was found that is not there"


if sys.argv[1] == "--prove":
    prove()
else:
    root = pathlib.Path(sys.argv[1])
    sources = sorted(p for top in ("feeds", "daemon") for p in (root / top).rglob("*") if p.suffix in (".h", ".cpp"))
    found = list(twice((str(p.relative_to(root)), p.read_text("utf-8")) for p in sources))
    print("\n".join(found))
    sys.exit(1 if found else 0)
