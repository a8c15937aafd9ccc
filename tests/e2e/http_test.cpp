// The HTTP server of the real newsd over a real socket: what a user does with curl, and what a stranger tries.
#include "tests/support/http_call.h"
#include "tests/support/made_certificate.h"
#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <signal.h>

#include <fstream>

namespace newsd {
namespace {

constexpr auto kToken = "correct-horse-battery";

/// A daemon that serves HTTP and has recorded n articles.
struct Served {
  NewsdHome home;
  std::unique_ptr<Process> newsd;
  std::uint16_t port = 0;

  explicit Served(int n, const std::string& more = "") {
    home.configure(home.file_output() + "[http]\nlisten = \"127.0.0.1:0\"\n" + more);
    for (int i = 0; i < n; ++i) home.drop("n" + std::to_string(i) + ".txt", sample_text(i));
    start();
    REQUIRE(eventually([&] { return home.waiting().empty(); }));
  }
  void start() {
    newsd = home.start();
    port = http_port_of(*newsd);
    REQUIRE(port != 0);
  }
  HttpReply get(std::string_view target, std::string_view more = {}) const {
    return http_call(port, http_request("GET", target, more));
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every article and story that was announced can be asked for, also after a restart") {
  Served served(5);
  const HttpReply events = served.get("/events?from=earliest&limit=11");
  std::map<std::string, int> asked;
  const auto ask_all = [&] {
    for (const std::string& line : lines_of(events.body)) {
      const std::string type = attribute(line, "type"), subject = attribute(line, "subject");
      const bool is_story = type.starts_with("newsd.story.");
      if (!is_story && !type.starts_with("newsd.article.")) continue;
      const HttpReply reply = served.get((is_story ? "/stories/" : "/articles/") + subject);
      CAPTURE(reply.head, reply.body);
      CHECK(reply.status == 200);
      CHECK(has(reply.body, R"("sequence":")" + attribute(line, "sequence")));
      if (!is_story) CHECK(has(reply.body, "\"event\":" + line.substr(line.find('{'))));
      if (is_story) CHECK(has(reply.body, R"("headline":"Harbour board approves plan )"));
      ++asked[is_story ? "stories" : "articles"];
    }
  };
  ask_all();
  CHECK(asked["articles"] == 5);
  CHECK(asked["stories"] >= 1);
  served.newsd->signal(SIGTERM);
  REQUIRE(served.newsd->wait() == 0);
  served.start();
  ask_all();
  CHECK(asked["articles"] == 10);
}

TEST_CASE("an article nobody announced is not found, and what is no id is refused") {
  Served served(1);
  const HttpReply unknown = served.get("/articles/00000000-0000-5000-8000-000000000000");
  CHECK(unknown.status == 404);
  CHECK(has(unknown.head, "application/problem+json"));
  CHECK(served.get("/articles/..%2f..%2fjournal.db").status == 400);
  CHECK(served.get("/articles").status == 405);  // articles are sent there
}

TEST_CASE("a page whose name was made to point at the daemon, and one of another site, learn nothing") {
  Served served(1);
  for (const char* host : {"evil.example", "localhost.evil.example", "evil.example:7791", "[::1].evil.example",
                           "127.0.0.1.evil.example"}) {
    CAPTURE(host);
    for (const char* target : {"/events?from=earliest", "/status", "/articles/00000000-0000-5000-8000-000000000000"}) {
      const HttpReply reply = http_call(served.port, http_request("GET", target, {}, {}, host));
      CHECK(reply.status == 421);
      CHECK_FALSE(has(reply.body, "Harbour"));
    }
  }
  CHECK(served.get("/status", "Origin: https://evil.example\r\n").status == 403);
  CHECK(served.get("/status", "Origin: null\r\n").status == 403);
}

TEST_CASE("a token is asked for at every address that tells anything, and a wrong one is as good as none") {
  NewsdHome tokens;
  const auto file = tokens.path() / "token";
  std::ofstream(file) << kToken << "\n";
  Served served(1, fmt::format("token_file = \"{}\"\n", file.string()));
  CHECK(served.get("/").status == 200);  // the page, which is the same in every newsd and asks for it
  for (const char* target : {"/events", "/stories", "/feeds", "/quarantine", "/status", "/metrics", "/healthz",
                             "/schema", "/articles/x", "/nowhere"}) {
    CAPTURE(target);
    CHECK(served.get(target).status == 401);
    for (const char* wrong : {"Bearer correct-horse-batter", "Bearer correct-horse-batteryy", "Bearer ",
                              "Basic Y29ycmVjdA==", "correct-horse-battery", "Bearer CORRECT-HORSE-BATTERY"}) {
      const HttpReply reply = served.get(target, fmt::format("Authorization: {}\r\n", wrong));
      CHECK(reply.status == 401);
      CHECK_FALSE(has(reply.head + reply.body, kToken));
    }
  }
  CHECK(served.get("/status", fmt::format("Authorization: Bearer {}\r\n", kToken)).status == 200);
}

TEST_CASE("oversized and malformed requests end with an answer, and the daemon goes on") {
  Served served(1);
  CHECK(served.get("/" + std::string(9000, 'x')).status == 400);
  const HttpReply large =
      http_call(served.port, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(1 << 20, 'x'));
  CHECK((large.status == 431 || large.status == 0));  // 0: what we still wrote reset the connection
  CHECK(http_call(served.port, std::string("\x16\x03\x01\x02 TLS\r\n\r\n")).status == 400);
  CHECK(http_call(served.port, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").status == 400);
  CHECK(served.get("/healthz").status == 200);
}

TEST_CASE("clients that dribble their header hold nobody up") {
  Served served(1);
  std::vector<std::unique_ptr<HttpHold>> slow;
  for (int i = 0; i < 300; ++i)
    slow.push_back(std::make_unique<HttpHold>(served.port, "GET /status HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
  CHECK(served.get("/healthz").status == 200);
  CHECK(has(served.get("/status").body, "\"clients\":301"));
  slow.clear();
  CHECK(eventually([&] { return has(served.get("/status").body, "\"clients\":1}"); }));
}

TEST_CASE("a named consumer's place survives a restart, and is listed, moved and forgotten by command") {
  Served served(10);
  const auto config = served.home.config().string();
  CHECK(http_call(served.port, http_request("POST", "/consumers/indexer", {}, R"({"ack":"4"})")).status == 200);
  served.newsd->signal(SIGTERM);
  REQUIRE(served.newsd->wait() == 0);
  // a fixed address is what commands need: a unix socket
  const auto socket = served.home.path() / "http.sock";
  served.home.configure(fmt::format("[http]\nlisten = \"unix:{}\"\n", socket.string()));
  const auto newsd = served.home.start();
  const auto ask = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "consumers");
    words.insert(words.end(), {"-c", config});
    return served.home.run(words);
  };
  const Ran listed = ask({"list"});
  CAPTURE(listed.errors);
  CHECK(listed.status == 0);
  CHECK(has(listed.output, R"({"name":"indexer","position":"00000000000000000004","lag":)"));
  CHECK(has(ask({"seek", "indexer", "earliest"}).output, R"("position":"00000000000000000000")"));
  CHECK(ask({"seek", "indexer", "someday"}).status == 64);
  CHECK(ask({"seek", "a b", "1"}).status == 64);
  CHECK(ask({"rm", "indexer"}).status == 0);
  const Ran again = ask({"rm", "indexer"});
  CHECK(again.status == 64);
  CHECK(has(again.errors, "there is no consumer of this name"));
  CHECK(ask({"list"}).output.empty());
}

TEST_CASE("what commands list of feeds and the quarantine is what the server tells") {
  Served served(2, "[[feed]]\nurl = \"http://127.0.0.1:9/rss\"\nname = \"nobody there\"\n");
  served.home.drop("picture.bin", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  REQUIRE(eventually([&] { return served.home.failed().size() == 2; }));
  const auto config = served.home.config().string();
  const Ran quarantine = served.home.run({"quarantine", "list", "-c", config});
  CHECK(has(served.get("/quarantine").body, lines_of(quarantine.output).at(0)));
  REQUIRE(eventually([&] { return has(served.get("/feeds").body, "\"state\":\"blocked\""); }));
  CHECK(has(served.get("/feeds").body, "\"name\":\"nobody there\""));
  CHECK(eventually([&] {  // the journal's rows follow within a second
    const Ran feeds = served.home.run({"feeds", "list", "-c", config});
    return has(served.get("/feeds").body, lines_of(feeds.output).at(0));
  }));
  CHECK(has(served.get("/stories").body, "\"headline\":\"Harbour board approves plan "));
}

TEST_CASE("a file in quarantine that is asked for again is read again") {
  Served served(1);
  served.home.drop("picture.bin", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  const auto quarantined = [&] {
    return count_type(lines_of(file_content(served.home.file())), "newsd.input.quarantined");
  };
  REQUIRE(eventually([&] { return quarantined() == 1 && served.home.failed().size() == 2; }));
  const HttpReply reply =
      http_call(served.port, http_request("POST", "/quarantine", {}, R"({"retry":"picture.bin","drop":"inbox"})"));
  CHECK(reply.status == 200);
  CHECK(has(reply.body, R"({"retried":[{"name":"picture.bin","drop":"inbox","as":"picture.bin"}]})"));
  CHECK(eventually([&] { return quarantined() == 2; }));
}

TEST_CASE("with a certificate commands ask over TLS, trust that certificate alone, and a reload renews it") {
  NewsdHome home;
  const std::filesystem::path certificate = home.path() / "server.pem", key = home.path() / "server.key",
                              asking = home.path() / "ask.toml";
  make_certificate(certificate, key, 1);
  const auto http_section = [&](std::uint16_t port) {
    return fmt::format("[http]\nlisten = \"127.0.0.1:{}\"\ncertificate = \"{}\"\nkey = \"{}\"\n", port,
                       certificate.string(), key.string());
  };
  home.configure(home.file_output() + http_section(0));
  const auto newsd = home.start();
  const std::uint16_t port = http_port_of(*newsd);
  std::ofstream(asking) << http_section(port);
  const auto status = [&] { return home.run({"status", "--json", "-c", asking.string()}); };
  CHECK(has(status().output, "\"inFlight\":0"));
  make_certificate(certificate, key, 2);
  CHECK(status().status != 0);  // the daemon still shows the old one
  newsd->signal(SIGHUP);
  CHECK(eventually([&] { return status().status == 0; }));
  CHECK(http_call(port, http_request("GET", "/status")).status == 0);
}

}  // namespace newsd
