// Articles sent to the real newsd: answered when durable, taken once, also across kill -9.
#include "tests/support/http_call.h"
#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <signal.h>

namespace newsd {
namespace {

struct Desk {
  NewsdHome home;
  std::unique_ptr<Process> newsd;
  std::uint16_t port = 0;

  explicit Desk(const std::string& more = "") {
    home.configure(home.file_output() + "[http]\nlisten = \"127.0.0.1:0\"\n" + more);
    start();
  }
  void start() {
    newsd = home.start();
    port = http_port_of(*newsd);
    REQUIRE(port != 0);
  }
  HttpReply post(const std::string& body, const std::string& more = {}, const std::string& query = {}) const {
    return http_call(port, http_request("POST", "/articles" + query, more, body));
  }
  std::vector<std::string> events() const { return lines_of(file_content(home.file())); }
};

std::string key(int n) { return fmt::format("Idempotency-Key: key-{}\r\n", n); }
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("an article that was sent is an event like any other") {
  Desk desk;
  const HttpReply reply = desk.post(sample_text(1), {}, "?url=https://news.example/quay");
  CAPTURE(reply.body);
  REQUIRE(reply.status == 200);
  CHECK(has(reply.body, "newsd.article.new"));
  REQUIRE(eventually([&] { return count_type(desk.events(), "newsd.article.new") == 1; }));
  std::string told;
  for (const std::string& line : desk.events())
    if (attribute(line, "type") == "newsd.article.new") told = line;
  CHECK(has(reply.body, "\"id\":\"" + attribute(told, "id") + '"'));
  CHECK(has(told, "https://news.example/quay"));
  CHECK(has(told, R"("kind":"http")"));
  const HttpReply asked = http_call(desk.port, http_request("GET", "/articles/" + attribute(told, "subject")));
  CHECK(asked.status == 200);
  CHECK(has(desk.post(sample_text(1)).body, "newsd.article.duplicate"));
}

TEST_CASE("lines of articles are answered all together") {
  Desk desk;
  std::string rows;
  for (int n = 0; n < 50; ++n)
    rows +=
        fmt::format("{{\"id\":\"row-{}\",\"title\":\"Row {}\",\"text\":\"The board of quay {} met on plan {}.\"}}\n", n,
                    n, n * 7, n * 31);
  const HttpReply reply = desk.post(rows, "Content-Type: application/x-ndjson\r\n");
  CAPTURE(reply.body);
  REQUIRE(reply.status == 200);
  std::size_t articles = 0;
  for (std::size_t at = 0; (at = reply.body.find("newsd.article.", at)) != std::string::npos; ++at) ++articles;
  CHECK(articles == 50);
}

TEST_CASE("what cannot be read is answered with its reason") {
  Desk desk;
  const HttpReply reply = desk.post(std::string(300, '\x01'));
  CHECK(reply.status == 422);
  CHECK(has(reply.body, "\"code\":\"binary\""));
  CHECK(has(reply.body, "newsd.input.quarantined"));
}

TEST_CASE("a sender that repeats its pushes through kill -9 has every article once") {
  Desk desk;
  constexpr int kArticles = 24;
  std::vector<std::string> first(kArticles);
  for (int round = 0; round < 4; ++round) {
    for (int n = 0; n < kArticles; ++n) {
      if (n % 6 == round) {  // in the middle of it
        desk.newsd->signal(SIGKILL);
        desk.newsd->wait();
        desk.start();
      }
      const HttpReply reply = desk.post(sample_text(n), key(n));
      CAPTURE(n, round, reply.head, reply.body);
      REQUIRE(reply.status == 200);
      if (first[n].empty()) first[n] = reply.body;
      CHECK(reply.body == first[n]);
    }
  }
  const auto replayed = lines_of(desk.home.run({"journal", "dump", "-c", desk.home.config().string()}).output);
  CHECK(count_type(replayed, "newsd.article.new") == kArticles);
  CHECK(count_type(replayed, "newsd.article.duplicate") == 0);
}

TEST_CASE("more than one input may hold is refused before it is sent") {
  Desk desk("[limits]\nmax_bytes = \"4KiB\"\n");
  CHECK(desk.post(std::string(5000, 'x')).status == 413);
  CHECK(desk.post(sample_text(3)).status == 200);
}

}  // namespace newsd
