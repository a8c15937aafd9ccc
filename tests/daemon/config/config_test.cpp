// Texts → configurations and errors.
#include "daemon/config/config.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;
using namespace std::chrono_literals;

namespace {

const std::filesystem::path kFile = "/etc/newsd/newsd.toml";

LoadedConfig parsed(std::string_view text) { return parse_config(text, kFile); }

/// The only error of a text that must have exactly one, as "line:column code: text".
std::string only_error(std::string_view text) {
  const auto loaded = parsed(text);
  CAPTURE(text);
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  REQUIRE(loaded.errors.size() == 1);
  const auto& error = loaded.errors[0];
  REQUIRE(error.where.starts_with(kFile.string() + ":"));
  return error.where.substr(kFile.string().size() + 1) + " " + std::string(error.code) + ": " + error.text;
}

}  // namespace

TEST_CASE("an empty text is a valid configuration: the defaults") {
  const auto loaded = parsed("");
  CHECK(loaded.errors.empty());
  CHECK(loaded.config.state_dir == "/var/lib/newsd");
  CHECK(loaded.config.instance == "main");
  CHECK(loaded.config.drops.empty());
  CHECK(loaded.config.outputs.empty());
  CHECK(loaded.config.journal == JournalConfig{});
}

TEST_CASE("a TCP output needs an address, and a token where others than this machine can connect") {
  const auto loaded = parsed("[[output]]\nkind = \"tcp\"\nlisten = \"127.0.0.1:7790\"\n");
  CHECK(loaded.errors.empty());
  CHECK(loaded.config.outputs[0].name == "tcp:127.0.0.1:7790");
  CHECK(only_error("[[output]]\nkind = \"tcp\"\n") == "1:1 missing: [[output]] of kind \"tcp\" needs listen");
  CHECK(only_error("[[output]]\nkind = \"tcp\"\nlisten = \"0.0.0.0:7790\"\n").find("needs a token_file") !=
        std::string::npos);
  CHECK(parsed("[[output]]\nkind = \"tcp\"\nlisten = \"0.0.0.0:7790\"\ntoken_file = \"token\"\n").errors.empty());
  CHECK(only_error("[[output]]\nkind = \"tcp\"\nlisten = \"localhost:7790\"\n").find("is no address and port") !=
        std::string::npos);
  CHECK(only_error("[[output]]\nkind = \"tcp\"\nlisten = \"[::1]:1\"\npath = \"x\"\n").find("takes no path") !=
        std::string::npos);
}

TEST_CASE("the example of the manual is read as it says") {
  const auto loaded = parsed(R"(
state_dir = "/srv/newsd"
instance = "eu-1"
[[drop]]
path = "/srv/inbox"
done = "keep"
settle = "2s"
format = "article-ndjson"
[[output]]
kind = "unix"
path = "/run/newsd-events.sock"
mode = "0600"
types = ["newsd.article.*", "newsd.stream.gap"]
[[output]]
kind = "file"
path = "/srv/events.ndjson"
format = "ninjs"
rotate_size = 0
[journal]
commit_window = "10ms"
retain = "1h30m"
max_size = "1GiB"
[dedupe]
window = "96h"
[http]
listen = ""
)");
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  REQUIRE(loaded.errors.empty());
  const auto& c = loaded.config;
  CHECK(c.state_dir == "/srv/newsd");
  REQUIRE(c.drops.size() == 1);
  CHECK(c.drops[0].done == DropConfig::Done::Keep);
  CHECK(c.drops[0].settle == 2s);
  CHECK(c.drops[0].format == Format::ArticleNdjson);
  CHECK(c.drops[0].name == "/srv/inbox");
  REQUIRE(c.outputs.size() == 2);
  CHECK(c.outputs[0].kind == OutputConfig::Kind::Unix);
  CHECK(c.outputs[0].socket_mode == 0600);
  CHECK(c.outputs[0].types == std::vector<std::string>{"newsd.article.*", "newsd.stream.gap"});
  CHECK(c.outputs[0].name == "unix:/run/newsd-events.sock");
  CHECK(c.outputs[1].rotate_size == 0);
  CHECK(c.journal.retain == 90min);
  CHECK(c.journal.max_size == 1ull << 30);
  CHECK(c.dedupe.window == 96h);
}

TEST_CASE("relative paths count from the file that holds them") {
  const auto c = parsed(
                     "state_dir = \"state\"\n[[drop]]\npath = \"../inbox/\"\n[[output]]\nkind = \"file\"\npath = "
                     "\"./out/./e.ndjson\"\n")
                     .config;
  CHECK(c.state_dir == "/etc/newsd/state");
  CHECK(c.drops.at(0).path == "/etc/inbox");
  CHECK(c.outputs.at(0).path == "/etc/newsd/out/e.ndjson");
}

TEST_CASE("an unknown key is named with its place and the nearest key") {
  CHECK(only_error("[[drop]]\npath = \"/a\"\n  setle = \"1s\"\n") ==
        "3:3 unknown-key: unknown key [[drop]] setle; did you mean \"settle\"?");
  CHECK(only_error("statedir = \"/a\"\n") == "1:1 unknown-key: unknown key statedir; did you mean \"state_dir\"?");
  CHECK(only_error("[journl]\nretain = \"1d\"\n") == "1:2 unknown-key: unknown key journl; did you mean \"journal\"?");
  CHECK(only_error("[journal]\nzebra = 1\n") == "2:1 unknown-key: unknown key journal.zebra");
}

TEST_CASE("a value of the wrong type is told what it must be") {
  CHECK(only_error("instance = 5\n") == "1:12 wrong-type: instance must be a string; it is an integer");
  CHECK(only_error("[journal]\nretain = 14\n") ==
        "2:10 wrong-type: journal.retain must be a duration such as \"500ms\", \"15m\", \"1h30m\" or \"7d\"; it is an "
        "integer");
  CHECK(only_error("[journal]\nretain = \"14 days\"\n") ==
        "2:10 wrong-type: journal.retain must be a duration such as \"500ms\", \"15m\", \"1h30m\" or \"7d\"; it is "
        "\"14 days\"");
  CHECK(only_error("[limits]\nmax_bytes = 1.5\n") ==
        "2:13 wrong-type: limits.max_bytes must be a size such as \"16MiB\", \"1GiB\" or a number of bytes; it is a "
        "number with a fraction");
  CHECK(only_error("journal = 5\n") == "1:11 wrong-type: journal must be a table, [journal]; it is an integer");
  CHECK(only_error("[drop]\npath = \"/a\"\n") ==
        "1:1 wrong-type: there can be several of drop: write [[drop]]; it is a table");
  CHECK(only_error("drop = [5]\n") == "1:9 wrong-type: drop must hold tables, [[drop]]; this is an integer");
  CHECK(only_error("[[output]]\nkind = \"stdout\"\ntypes = \"newsd.article.new\"\n") ==
        "3:9 wrong-type: [[output]] types must be an array of strings; it is a string");
  CHECK(only_error("[[output]]\nkind = \"unix\"\npath = \"/s\"\nmode = \"rw\"\n") ==
        "4:8 wrong-type: [[output]] mode must be an octal string such as \"0660\"; it is \"rw\"");
}

TEST_CASE("a value out of range is told the range") {
  CHECK(only_error("[learning]\narticles = 2\n") == "2:12 out-of-range: learning.articles must be 3 to 100");
  CHECK(only_error("[pipeline]\nworkers = -1\n") == "2:11 out-of-range: pipeline.workers must be 0 to 1024");
  CHECK(only_error("[journal]\nmax_size = \"1KiB\"\n") ==
        "2:12 out-of-range: journal.max_size must be \"1MiB\" to \"1024TiB\"");
  CHECK(only_error("[journal]\ncommit_window = \"1h\"\n") ==
        "2:17 out-of-range: journal.commit_window must be \"0s\" to \"1s\"");
  CHECK(only_error("instance = \"a b\"\n") ==
        "1:12 out-of-range: instance must be 1 to 64 letters, digits, dots, hyphens or underscores");
  CHECK(only_error("state_dir = \"\"\n") == "1:13 out-of-range: state_dir may not be empty");
  CHECK(only_error("[[drop]]\npath = \"/a\\u0000b\"\n") == "2:8 out-of-range: [[drop]] path may not hold a NUL");
}

TEST_CASE("a choice that is none is answered with the choices") {
  CHECK(only_error("[[drop]]\npath = \"/a\"\ndone = \"mvoe\"\n") ==
        "3:8 out-of-range: [[drop]] done must be \"move\", \"delete\" or \"keep\"; it is \"mvoe\"; did you mean "
        "\"move\"?");
  CHECK(only_error("[[output]]\nkind = \"stdout\"\nformat = \"xml\"\n") ==
        "3:10 out-of-range: [[output]] format must be \"cloudevents\", \"ninjs\", \"flat\" or \"text\"; it is \"xml\"");
}

TEST_CASE("an event type that is none is refused, with the nearest one") {
  const auto start = std::string("[[output]]\nkind = \"stdout\"\n");
  CHECK(only_error(start + "types = [\"newsd.artcle.new\"]\n").find("did you mean \"newsd.article.new\"?") !=
        std::string::npos);
  CHECK(only_error(start + "types = [\"newsd.nothing.*\"]\n")
            .starts_with("3:10 out-of-range: [[output]] types has \"newsd.nothing.*\""));
  CHECK(parsed(start + "types = [\"*\", \"newsd.story.*\"]\n").errors.empty());
}

TEST_CASE("what this version does not have yet is refused in so many words") {
  CHECK(only_error("[[output]]\nkind = \"nats\"\n") ==
        "2:8 not-offered: [[output]] kind = \"nats\" is not offered by this version of newsd yet");
}

TEST_CASE("a webhook has a url and no path, and is named by its server alone") {
  const auto start = std::string("[[output]]\nkind = \"webhook\"\n");
  const auto loaded = parsed(start + "url = \"https://hooks.example/team/secret?key=1\"\nbatch = 50\n");
  REQUIRE(loaded.errors.empty());
  CHECK(loaded.config.outputs.front().name == "webhook:https://hooks.example");
  CHECK(loaded.config.outputs.front().batch == 50);
  CHECK(only_error(start) == "1:1 missing: [[output]] of kind \"webhook\" needs a url");
  CHECK(only_error(start + "url = \"ftp://hooks.example/\"\n").starts_with("3:7 out-of-range: [[output]] url is"));
  CHECK(only_error(start + "url = \"https://a:b@hooks.example/\"\n").find("holds a password") != std::string::npos);
  CHECK(only_error(start + "url = \"https://hooks.example/\"\npath = \"/x\"\n").find("takes no path") !=
        std::string::npos);
  CHECK(only_error(start + "url = \"https://hooks.example/\"\nretry_most = \"100ms\"\n").find("retry_first") !=
        std::string::npos);
  CHECK(only_error("[[output]]\nkind = \"stdout\"\nurl = \"https://hooks.example/\"\n").find("takes no url") !=
        std::string::npos);
}

TEST_CASE("a certificate of an output comes with its key, and only where there is TCP") {
  const std::string tcp = "[[output]]\nkind = \"tcp\"\nlisten = \"127.0.0.1:0\"\n";
  CHECK(parsed(tcp + "certificate = \"a\"\nkey = \"b\"\n").errors.empty());
  CHECK(only_error(tcp + "certificate = \"a\"\n").find("come together") != std::string::npos);
  CHECK(only_error(tcp + "key = \"b\"\n").find("come together") != std::string::npos);
  CHECK(only_error("[[output]]\nkind = \"unix\"\npath = \"/s\"\ncertificate = \"a\"\nkey = \"b\"\n")
            .find("\"unix\" takes no certificate") != std::string::npos);
}

TEST_CASE("the HTTP server listens at an address or a unix socket, beyond this machine only with a token") {
  CHECK(parsed("[http]\nlisten = \"127.0.0.1:7791\"\nhosts = [\"news.example\"]\n").errors.empty());
  CHECK(parsed("[http]\nlisten = \"unix:/run/newsd-http.sock\"\n").errors.empty());
  CHECK(parsed("[http]\nlisten = \"127.0.0.1:0\"\ncertificate = \"a\"\nkey = \"b\"\n").errors.empty());
  CHECK(only_error("[http]\nlisten = \"127.0.0.1:0\"\nkey = \"b\"\n").find("come together") != std::string::npos);
  CHECK(only_error("[http]\nlisten = \"unix:/s\"\ncertificate = \"a\"\nkey = \"b\"\n").find("takes no certificate") !=
        std::string::npos);
  CHECK(
      only_error("[http]\nlisten = \"0.0.0.0:7791\"\ncertificate = \"a\"\nkey = \"b\"\n").find("needs a token_file") !=
      std::string::npos);
  CHECK(parsed("[http]\nlisten = \"0.0.0.0:7791\"\ntoken_file = \"token\"\n").errors.empty());
  CHECK(only_error("[http]\nlisten = \"0.0.0.0:7791\"\n") ==
        "2:10 missing: http.listen \"0.0.0.0:7791\" can be reached from other machines: [http] needs a token_file");
  CHECK(only_error("[http]\nlisten = \"unix:http.sock\"\n")
            .starts_with("2:10 out-of-range: http.listen has \"unix:http.sock\""));
  CHECK(only_error("[http]\nlisten = \"news.example:80\"\n").starts_with("2:10 out-of-range: http.listen"));
  CHECK(only_error("[http]\nhosts = [\"news.example:80\"]\n").starts_with("2:10 out-of-range: http.hosts"));
  CHECK(only_error("[[output]]\nkind = \"tcp\"\nlisten = \"127.0.0.1:7791\"\n[http]\nlisten = \"127.0.0.1:7791\"\n")
            .starts_with("5:10 conflict: http.listen"));
}

TEST_CASE("hubs are told of a public address only where something listens behind it") {
  const std::string listening = "[http]\nlisten = \"127.0.0.1:7791\"\n[websub]\n";
  const auto loaded = parsed(listening + "public_url = \"https://news.example/newsd\"\nbackup_poll = \"12h\"\n");
  REQUIRE(loaded.errors.empty());
  CHECK(loaded.config.websub.public_url == "https://news.example/newsd");
  CHECK(loaded.config.websub.backup_poll == std::chrono::hours(12));
  CHECK(parsed("").config.websub.public_url.empty());
  CHECK(only_error("[websub]\npublic_url = \"https://news.example\"\n") ==
        "2:14 missing: websub.public_url is set and nothing would listen there: [http] needs listen");
  CHECK(only_error(listening + "public_url = \"news.example\"\n").starts_with("4:14 out-of-range: websub.public_url"));
  CHECK(only_error(listening + "public_url = \"https://news.example/?a=b\"\n").find("query") != std::string::npos);
  CHECK(only_error(listening + "lease = \"1m\"\n").starts_with("4:9 out-of-range: websub.lease"));
}

TEST_CASE("an output's where is a rule on events, refused at its column when it cannot be read") {
  const auto loaded = parsed("[[output]]\nkind = \"stdout\"\nwhere = 'language == \"en\" AND score > 2'\n");
  REQUIRE(loaded.errors.empty());
  CHECK(loaded.config.outputs.front().where == "language == \"en\" AND score > 2");
  CHECK(only_error("[[output]]\nkind = \"stdout\"\nwhere = 'ferry AND size > many'\n") ==
        "3:9 out-of-range: [[output]] where cannot be read at its column 18: size is compared with a number such as 5 "
        "or 0.8");
}

TEST_CASE("feeds are read with their addresses, names and intervals") {
  const auto loaded = parsed(
      "[[feed]]\nurl = \"https://news.example/rss\"\nname = \"desk\"\ninterval = \"15m\"\nfull_text = "
      "true\ncredentials_file = \"secret\"\n[[feed]]\nurl = \"http://b.example/\"\n");
  REQUIRE(loaded.errors.empty());
  REQUIRE(loaded.config.feeds.size() == 2);
  CHECK(loaded.config.feeds[0] ==
        FeedConfig{"https://news.example/rss", "desk", std::chrono::minutes(15), true, kFile.parent_path() / "secret"});
  CHECK(loaded.config.feeds[1] == FeedConfig{"http://b.example/", "", {}, false, {}});
}

TEST_CASE("a feed's address must be one, without a password, and stand there once") {
  CHECK(only_error("[[feed]]\nurl = \"news.example/rss\"\n").starts_with("2:7 out-of-range: [[feed]] url is"));
  CHECK(only_error("[[feed]]\nurl = \"file:///etc/passwd\"\n").starts_with("2:7 out-of-range"));
  CHECK(only_error("[[feed]]\nurl = \"https://me:secret@news.example/\"\n").starts_with("2:7 out-of-range"));
  CHECK(only_error("[[feed]]\nurl = \"https://a.example/\"\n[[feed]]\nurl = \"https://a.example/\"\n")
            .starts_with("4:7 conflict: [[feed]] url"));
  CHECK(only_error("[[feed]]\nurl = \"https://a.example/\"\nfull_text = 1\n") ==
        "3:13 wrong-type: [[feed]] full_text must be true or false; it is an integer");
}

TEST_CASE("keys of fetching are checked") {
  CHECK(
      parsed(
          "[fetch]\nuser_agent = \"desk/1 (+https://desk.example)\"\nallow_private = [\"127.0.0.0/8\", \"fd00::/8\"]\n")
          .errors.empty());
  CHECK(only_error("[fetch]\nallow_private = [\"127.0.0.1\"]\n")
            .starts_with("2:18 out-of-range: fetch.allow_private has \"127.0.0.1\""));
  CHECK(only_error("[fetch]\nallow_private = [\"10.0.0.0/33\"]\n").starts_with("2:18 out-of-range"));
  CHECK(only_error("[fetch]\nuser_agent = \"a\\nb\"\n") ==
        "2:14 out-of-range: fetch.user_agent must be 1 to 256 printable ASCII characters");
}

TEST_CASE("a table without what it needs is told so") {
  CHECK(only_error("[[drop]]\nsettle = \"1s\"\n") == "1:1 missing: [[drop]] needs the key \"path\"");
  CHECK(only_error("[[output]]\npath = \"/a\"\n") == "1:1 missing: [[output]] needs the key \"kind\"");
  CHECK(only_error("[[output]]\nkind = \"file\"\n") == "1:1 missing: [[output]] of kind \"file\" needs a path");
}

TEST_CASE("all errors come at once, in the order of the text") {
  const auto loaded = parsed("instance = 1\nstate_dri = \"/a\"\n[journal]\nretain = 1\nmax_size = \"x\"\n[[feed]]\n");
  std::vector<std::string> places;
  for (const auto& error : loaded.errors) places.push_back(error.where.substr(kFile.string().size()));
  CHECK(places == std::vector<std::string>{":1:12", ":2:1", ":4:10", ":5:12", ":6:1"});
}

TEST_CASE("a syntax error names the place") {
  const auto error = only_error("state_dir = [\noutput = \"nowhere\"\n");
  CHECK(error.starts_with("2:"));
  CHECK(error.find(" syntax: ") != std::string::npos);
}

TEST_CASE("one path has one use") {
  CHECK(only_error("[[drop]]\npath = \"/a\"\n[[drop]]\npath = \"/a/\"\n") ==
        "4:8 conflict: [[drop]] path is \"/a\", which [[drop]] path at /etc/newsd/newsd.toml:2:8 uses already");
  CHECK(only_error("[[drop]]\npath = \"/a\"\n[[drop]]\npath = \"/a/done\"\n") ==
        "4:8 conflict: [[drop]] path is \"/a/done\", which the done/ of [[drop]] at /etc/newsd/newsd.toml:2:8 uses "
        "already");
  CHECK(only_error(
            "[[output]]\nkind = \"file\"\npath = \"/a\"\nname = \"x\"\n[[output]]\nkind = \"unix\"\npath = \"/a\"\n")
            .starts_with("7:8 conflict: [[output]] path is \"/a\""));
  CHECK(only_error("[[output]]\nkind = \"stdout\"\n[[output]]\nkind = \"stdout\"\nname = \"x\"\n")
            .starts_with("3:1 conflict: "));
  CHECK(only_error("[[output]]\nkind = \"file\"\npath = \"/a\"\nname = \"x\"\n[[output]]\nkind = \"file\"\npath = "
                   "\"/b\"\nname = \"x\"\n")
            .find("name \"x\" is taken") != std::string::npos);
}

TEST_CASE("newsd is not made to eat what it writes") {
  CHECK(only_error("state_dir = \"/a/b\"\n[[drop]]\npath = \"/a\"\n").find("holds state_dir") != std::string::npos);
  CHECK(only_error("state_dir = \"/a\"\n[[drop]]\npath = \"/a\"\n").find("holds state_dir") != std::string::npos);
  CHECK(only_error("[[drop]]\npath = \"/a\"\n[[output]]\nkind = \"file\"\npath = \"/a/events.txt\"\n")
            .find("lies in the drop directory") != std::string::npos);
  CHECK(parsed("state_dir = \"/a\"\n[[drop]]\npath = \"/a/inbox\"\n").errors.empty());  // the packaged layout
  CHECK(parsed("state_dir = \"/ab\"\n[[drop]]\npath = \"/a\"\n").errors.empty());
}

TEST_CASE("a socket's path must fit") {
  const auto path = "/" + std::string(107, 's');
  CHECK(only_error("[[output]]\nkind = \"unix\"\npath = \"" + path + "\"\n").find("may have 107 bytes; it has 108") !=
        std::string::npos);
}

TEST_CASE("what is shown reads back as the same configuration") {
  const auto once = parsed(
      "instance = \"x\"\n[[drop]]\npath = \"in \\\"quotes\\\"\\t\"\n[[output]]\nkind = \"stdout\"\ntypes = "
      "[\"newsd.story.*\", \"*\"]\n[limits]\nmin_words = 3\n");
  REQUIRE(once.errors.empty());
  const auto text = show_config(once.config);
  const auto twice = parsed(text);
  for (const auto& error : twice.errors) UNSCOPED_INFO(error.message());
  CHECK(twice.errors.empty());
  CHECK(show_config(twice.config) == text);
  CHECK(twice.config.limits.min_words == 3);
  CHECK(twice.config.drops == once.config.drops);
  CHECK(twice.config.outputs == once.config.outputs);
}

TEST_CASE("the fingerprint changes with what shapes an event and with nothing else") {
  const auto base = parsed("").config.fingerprint();
  CHECK(base.size() == 7 + 64);
  CHECK(base.starts_with("sha256:"));
  CHECK(parsed("state_dir = \"/b\"\n[journal]\nretain = \"1d\"\n[[output]]\nkind = \"file\"\npath = \"/x\"\n")
            .config.fingerprint() == base);
  CHECK(parsed("[limits]\nmin_words = 2\n").config.fingerprint() != base);
  CHECK(parsed("[dedupe]\nremember = \"1d\"\n").config.fingerprint() != base);
}

TEST_CASE("a rule is compiled when the configuration is read, and an error says at which column") {
  const auto loaded = parse_config(
      "[[rule]]\nid = \"peace\"\nmatch = '(\"peace talks\" OR ceasefire*) AND lang:en'\nthreshold = 2\n"
      "[[rule]]\nid = \"spam\"\nmatch = 'title:sponsored'\naction = \"reject\"\n",
      "newsd.toml");
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  REQUIRE(loaded.errors.empty());
  REQUIRE(loaded.config.rules.size() == 2);
  CHECK(loaded.config.rules[0].threshold == 2);
  CHECK(loaded.config.rules[1].action == RuleConfig::Action::Reject);
  CHECK(loaded.config.fingerprint() != Config{}.fingerprint());
  CHECK(only_error("[[rule]]\nid = \"x\"\nmatch = 'peace AND'\n").find("column 10") != std::string::npos);
  CHECK(only_error("[[rule]]\nid = \"x\"\n").find("missing") != std::string::npos);
  CHECK(only_error("[[rule]]\nid = \"a b\"\nmatch = \"x\"\n").find("out-of-range") != std::string::npos);
  CHECK(only_error("[[rule]]\nid = \"x\"\nmatch = \"a\"\n[[rule]]\nid = \"x\"\nmatch = \"b\"\n").find("conflict") !=
        std::string::npos);
}
