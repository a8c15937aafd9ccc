"""Nothing runs unwatched: no asio::detached (every co_spawn has a handler that logs) and no detached thread."""
import tree


def findings(path, text):
    yield from tree.matches(r"\bdetached\b", text, "'{}': who hears when it fails?")
    if any(name in ("thread", "pthread.h") for _, name, _ in tree.includes(text)):
        yield from tree.matches(r"[.>]detach\s*\(|\bpthread_detach\b", text, "'{}': who waits for its end?")


tree.run(
    findings,
    bad=[
        ("a.cpp", "co_spawn(io, serve(), boost::asio::detached);"),
        ("a.cpp", "#include <thread>\nvoid f() { thread.detach(); }"),
        ("a.cpp", "#include <thread>\nvoid f() { t->detach(); }"),
    ],
    good=[
        ("a.cpp", "co_spawn(io, serve(), log_failure);  // not detached\n"),
        ("a.cpp", 'say("detached");'),
        ("a.cpp", "void f() { listener.detach(); }"),
    ],
)
