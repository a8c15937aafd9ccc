// /quarantine: what lies in the drop directories' failed/, and having it read again.
#include "daemon/serve/quarantine_answer.h"
#include "tests/daemon/serve/http_client.h"

namespace newsd {
namespace {

struct Quarantines : HttpStream {
  TemporaryDirectory one, two;
  Quarantines() {
    for (const auto* watched : {&one, &two}) {
      DropConfig drop;
      drop.path = watched->path();
      drop.name = watched == &one ? "one" : "two";
      drops.push_back(drop);
      std::filesystem::create_directory(watched->path() / "failed");
    }
  }
  static void refuse(const TemporaryDirectory& watched, const std::string& name, const std::string& code) {
    std::ofstream(watched / "failed" / name) << "bytes";
    std::ofstream(watched / "failed" / (name + ".reason.json"))
        << R"({"reason":{"code":")" << code << R"(","text":"it is <b>\"odd\"</b>","where":"line 3"}})";
  }
  /// The whole answer to one request.
  std::string asked(const std::string& request) {
    HttpClient client(server->port(), request);
    REQUIRE(hears_end(client));
    return client.text;
  }
  std::string listed() { return asked(get("/quarantine", "Connection: close\r\n")); }
  std::string retried(const std::string& line, const std::string& more = {}) {
    return asked(get("/quarantine",
                     "Connection: close\r\nContent-Length: " + std::to_string(line.size()) + "\r\n" + more, "POST") +
                 line);
  }
};

}  // namespace

TEST_CASE("what is in quarantine is told of all drop directories, with the reasons") {
  Quarantines stream;
  CHECK(has(stream.listed(), "\r\n\r\n{\"files\":[],\"total\":0}\n"));
  stream.refuse(stream.one, "a.txt", "binary");
  stream.refuse(stream.two, "b\xff.txt", "empty");
  const std::string answer = stream.listed();
  CAPTURE(answer);
  CHECK(has(answer, R"({"name":"a.txt","drop":"one","bytes":5,"since":")"));
  CHECK(has(answer, R"("reason":{"code":"binary","text":"it is <b>\"odd\"</b>","where":"line 3"}})"));
  CHECK(has(answer, R"({"name":"b%FF.txt","drop":"two")"));
  CHECK(has(answer, "\"total\":2}"));
}

TEST_CASE("of very many files the latest are told, and how many there are") {
  Quarantines stream;
  for (std::size_t n = 0; n < kQuarantinedTold + 10; ++n)
    std::ofstream(stream.one / "failed" / ("n" + std::to_string(n))) << "x";
  const std::string answer = stream.listed();
  std::size_t told = 0;
  for (std::size_t at = answer.find("\"name\""); at != std::string::npos; at = answer.find("\"name\"", at + 1)) ++told;
  CHECK(told == kQuarantinedTold);
  CHECK(has(answer, "\"total\":210}"));
}

TEST_CASE("a file goes back to where it was dropped, by its name as it is shown, and nowhere else") {
  Quarantines stream;
  stream.refuse(stream.one, "a.txt", "binary");
  stream.refuse(stream.two, "a.txt", "binary");
  stream.refuse(stream.two, "b\xff.txt", "empty");
  CHECK(has(stream.retried(R"({"retry":"a.txt","drop":"two"})"),
            R"({"retried":[{"name":"a.txt","drop":"two","as":"a.txt"}]})"));
  CHECK(std::filesystem::exists(stream.two / "a.txt"));
  CHECK_FALSE(std::filesystem::exists(stream.one / "a.txt"));
  CHECK(has(stream.retried(R"({"retry":"b%FF.txt"})"), R"("as":"b%FF.txt")"));
  CHECK(std::filesystem::exists(stream.two / "b\xff.txt"));
  CHECK(has(stream.retried(R"({"retry":"a.txt","drop":"two"})"), "HTTP/1.1 404"));
}

TEST_CASE("a name leads out of no directory, and a line that says something else is refused") {
  Quarantines stream;
  std::ofstream(stream.one / "outside") << "x";
  stream.refuse(stream.one, "a.txt", "binary");
  for (const char* name : {"../outside", "a.txt.reason.json", ".", "..", "a.txt/", "b.txt", "a.txt\\u0000"})
    CHECK(has(stream.retried(std::string(R"({"retry":")") + name + "\"}"), "HTTP/1.1 404"));
  for (const char* line : {"", "{}", "a.txt", R"({"retry":""})", R"({"retry":7})", R"({"retry":["a.txt"]})",
                           R"({"retry":"a.txt","all":true})", R"({"retry":"a.txt","retry":"b"})", "[[[["}) {
    CAPTURE(line);
    const std::string answer = stream.retried(line);
    CHECK(has(answer, "HTTP/1.1 400"));
    CHECK(has(answer, "not-a-line"));
  }
  CHECK(has(stream.retried(std::string(100'000, 'x')), "HTTP/1.1 413"));
  CHECK(std::filesystem::exists(stream.one / "failed" / "a.txt"));
}

TEST_CASE("another site's page can have nothing read again") {
  Quarantines stream;
  stream.refuse(stream.one, "a.txt", "binary");
  CHECK(has(stream.retried(R"({"retry":"a.txt"})", "Origin: https://evil.example\r\n"), "HTTP/1.1 403"));
  CHECK(std::filesystem::exists(stream.one / "failed" / "a.txt"));
}

TEST_CASE("a directory that cannot be used is no empty quarantine") {
  Quarantines stream;
  std::filesystem::remove(stream.two / "failed");
  std::filesystem::create_directory_symlink(stream.one.path(), stream.two / "failed");
  CHECK(has(stream.listed(), "quarantine-unreadable"));
}

}  // namespace newsd
