"""Boost.Beast costs half a minute of compiling a file: only the .cpp files of daemon/serve include it."""
import tree


def findings(path, text):
    for line, name, _ in tree.includes(text):
        if name.startswith("boost/beast"):
            yield line, f"<{name}> outside the .cpp files of daemon/serve"


tree.run(
    findings,
    concerns=lambda path: path.endswith(tree.CPP) and not (path.startswith("daemon/serve/") and path.endswith(".cpp")),
    bad=[
        ("daemon/emit/a.cpp", "#include <boost/beast.hpp>\n"),
        ("daemon/serve/a.h", "#include <boost/beast/core.hpp>\n"),
    ],
    good=[
        ("daemon/serve/a.cpp", "#include <boost/beast.hpp>\n"),
        ("daemon/emit/a.cpp", "#include <boost/asio/post.hpp>\n"),
    ],
)
