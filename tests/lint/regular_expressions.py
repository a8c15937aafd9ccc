"""No backtracking engine reads untrusted text: std::regex and Boost.Regex overflow the stack on it. RE2 is linear."""
import tree


def findings(path, text):
    for line, name, _ in tree.includes(text):
        if name in ("regex", "regex.h") or name.startswith(("boost/regex", "boost/xpressive")):
            yield line, f"<{name}>: neither linear nor bounded"


tree.run(
    findings,
    bad=[("feeds/text/a.cpp", "#include <regex>\n"), ("daemon/cli/a.cpp", "#include <boost/regex.hpp>\n")],
    good=[("feeds/text/a.cpp", "#include <re2/re2.h>\n// #include <regex>\n")],
)
