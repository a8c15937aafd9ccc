// Named consumers over HTTP: acknowledged, moved, listed, forgotten.
#include "daemon/serve/consumers.h"
#include "tests/daemon/serve/http_client.h"

namespace newsd {
namespace {

struct Consumers : HttpStream {
  using HttpStream::HttpStream;

  /// The whole answer to a request that is no stream.
  std::string ask(const std::string& method, const std::string& target, const std::string& body = {}) {
    const std::string length = body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    HttpClient client(server->port(), get(target, length + "Connection: close\r\n", method) + body);
    REQUIRE(hears_end(client));
    return client.text;
  }
  static bool is(const std::string& answer, int status, const std::string& words) {
    UNSCOPED_INFO(answer);
    return answer.starts_with("HTTP/1.1 " + std::to_string(status)) && answer.find(words) != std::string::npos;
  }
  Sequence place_of(const std::string& name) const {
    const auto row = book.find("consumer:" + name);
    return row ? row->sequence : Sequence(0);
  }
};

}  // namespace

TEST_CASE("a consumer acknowledges over HTTP, and comes back to what follows") {
  Consumers stream(20);
  CHECK(Consumers::is(stream.ask("POST", "/consumers/indexer", R"({"ack":"00000000000000000007"})"), 200,
                      R"({"name":"indexer","position":"00000000000000000007","lag":13})"));
  CHECK(stream.saved.size() == 1);
  HttpClient client(stream.server->port(), stream.get("/events?name=indexer&limit=3"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.sequences() == range(8, 10));
  HttpClient browser(stream.server->port(),
                     stream.get("/events?name=indexer&limit=1", "Accept: text/event-stream\r\n"));
  REQUIRE(stream.hears_end(browser));
  CHECK(browser.sequences() == range(8, 8));  // what was sent is not what was acknowledged
}

TEST_CASE("where a consumer asks for a place, or is not known, its stored place does not count") {
  Consumers stream(20);
  stream.ask("POST", "/consumers/indexer", R"({"ack":"7"})");
  HttpClient elsewhere(stream.server->port(), stream.get("/events?name=indexer&from=2&limit=1")),
      resumed(stream.server->port(), stream.get("/events?name=indexer&limit=1", "Last-Event-ID: 15\r\n")),
      unknown(stream.server->port(), stream.get("/events?name=nobody&limit=1"));
  REQUIRE(stream.hears_end(elsewhere));
  REQUIRE(stream.hears_end(resumed));
  REQUIRE(stream.hears(unknown, "\r\n\r\n"));
  stream.commit(1);
  REQUIRE(stream.hears_end(unknown));
  CHECK(elsewhere.sequences() == range(3, 3));
  CHECK(resumed.sequences() == range(16, 16));
  CHECK(unknown.sequences() == range(21, 21));
}

TEST_CASE("an acknowledgement never goes back nor ahead of the stream; a move goes anywhere") {
  Consumers stream(20);
  stream.ask("POST", "/consumers/a", R"({"ack":"9"})");
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"ack":"5"})"), 200, "00000000000000000009"));
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"ack":"21"})"), 400, "bad-ack"));
  CHECK(stream.saved.size() == 1);
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"from":"3"})"), 200, "00000000000000000003"));
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"from":"latest"})"), 200, "\"lag\":0"));
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"from":"earliest"})"), 200, "\"lag\":20"));
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", R"({"from":"21"})"), 400, "future-sequence"));
  CHECK(stream.place_of("a") == Sequence(0));
}

TEST_CASE("consumers are listed in the order of their names, and forgotten when asked") {
  Consumers stream(5);
  stream.book.save({"output:file", Sequence(2), "a file's"});
  stream.ask("POST", "/consumers/b", R"({"ack":"2"})");
  stream.ask("POST", "/consumers/a", R"({"ack":"4"})");
  CHECK(Consumers::is(stream.ask("GET", "/consumers"), 200,
                      R"({"consumers":[{"name":"a","position":"00000000000000000004","lag":1},{"name":"b",)"));
  CHECK(Consumers::is(stream.ask("GET", "/consumers/b"), 200, "\"lag\":3}"));
  CHECK(Consumers::is(stream.ask("DELETE", "/consumers/b"), 200, "\"name\":\"b\""));
  REQUIRE(stream.saved.back().leaves);
  CHECK(stream.saved.back().name == "consumer:b");
  for (const char* method : {"GET", "DELETE"})
    CHECK(Consumers::is(stream.ask(method, "/consumers/b"), 404, "no-consumer"));
  CHECK(Consumers::is(stream.ask("GET", "/consumers/file"), 404, "no-consumer"));
  CHECK(stream.book.find("output:file").has_value());
}

TEST_CASE("what is no line, no place or no name is refused, and leaves no trace") {
  Consumers stream(5);
  const std::vector<std::pair<std::string, std::string>> cases = {{"a", ""},
                                                                  {"a", "no JSON"},
                                                                  {"a", "[]"},
                                                                  {"a", "{}"},
                                                                  {"a", R"({"ack":-1})"},
                                                                  {"a", R"({"ack":"1","from":"1"})"},
                                                                  {"a", R"({"last":3})"},
                                                                  {"a", R"({"from":"1","where":"type:x"})"},
                                                                  {"a", R"({"from":"1","name":"b"})"},
                                                                  {"", R"({"ack":"1"})"},
                                                                  {"a%20b", R"({"ack":"1"})"},
                                                                  {"a/b", R"({"ack":"1"})"},
                                                                  {std::string(65, 'a'), R"({"ack":"1"})"},
                                                                  {"%22", R"({"ack":"1"})"}};
  for (const auto& [name, line] : cases) {
    CAPTURE(name, line);
    CHECK(Consumers::is(stream.ask("POST", "/consumers/" + name, line), 400, "\"detail\":\""));
  }
  CHECK(Consumers::is(stream.ask("POST", "/consumers/a", std::string(70'000, ' ')), 413, "body-too-large"));
  CHECK(stream.saved.empty());
}

TEST_CASE("no more cursors are kept than there is room for, and those that are go on") {
  Consumers stream(5);
  for (std::size_t i = 0; i < CursorBook::kMost; ++i)
    stream.book.save({"consumer:n" + std::to_string(i), Sequence(1), {}});
  CHECK(Consumers::is(stream.ask("POST", "/consumers/new", R"({"ack":"1"})"), 503, "too-many-consumers"));
  CHECK(Consumers::is(stream.ask("POST", "/consumers/n7", R"({"ack":"2"})"), 200, "\"lag\":3"));
}

}  // namespace newsd
