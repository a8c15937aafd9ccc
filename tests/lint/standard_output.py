"""stdout carries events and answers to commands only: nobody but emit and cli writes to it."""
import tree

ALLOWED = ("daemon/cli/", "daemon/emit/", "tests/")

tree.run(
    lambda path, text: tree.matches(
        r"\bstd::cout\b|\b(std::)?(printf|puts|putchar)\s*\(|\bfmt::print\s*\(\s*(?!stderr)|\bstdout\b",
        text,
        "'{}': standard output belongs to daemon/cli and daemon/emit",
    ),
    concerns=lambda path: path.endswith(tree.CPP) and not path.startswith(ALLOWED),
    bad=[
        ("daemon/ops/a.cpp", 'std::cout << "x";'),
        ("daemon/journal/a.cpp", 'printf("x");'),
        ("feeds/text/a.cpp", 'std::puts("x");'),
        ("daemon/app/a.cpp", 'fmt::print("{}", 1);'),
    ],
    good=[
        ("daemon/cli/a.cpp", 'std::cout << "x";'),
        ("daemon/ops/a.cpp", 'std::fprintf(stderr, "x"); snprintf(b, n, "x");'),
        ("daemon/ops/b.cpp", 'fmt::print(stderr, "x");'),
    ],
)
