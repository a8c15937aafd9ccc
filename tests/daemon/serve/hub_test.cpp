// What hubs are answered at /websub/…, by the server alone.
#include "daemon/serve/hub_answer.h"
#include "tests/daemon/serve/http_client.h"

#include <catch2/catch.hpp>

#include <optional>
#include <utility>

namespace newsd {
namespace {

/// Takes what the test lets it take, and remembers it.
struct FakeHubs final : HubCallbacks {
  bool takes_content() const override { return is_on; }
  Result<std::string> verify(const HubQuestion& question) override {
    asked = question;
    if (question.topic == "https://news.example/feed") return question.challenge;
    return Error(HubError::Unknown, "nothing like this was asked for");
  }
  Result<void> admits(const std::string& token) const override {
    if (token != "t0k") return Error(HubError::Unknown, "there is no such subscription");
    if (is_full) return Error(HubError::NoRoom, "newsd has more to read than it may hold");
    return {};
  }
  std::uint64_t max_content() const override { return 1000; }
  Result<void> take_content(HubContent content, std::function<void(bool taken)> done) override {
    taken.push_back(std::move(content));
    done_ = std::move(done);
    return {};
  }
  void tell(bool was_taken) { std::exchange(done_, nullptr)(was_taken); }

  bool is_on = true, is_full = false;
  HubQuestion asked;
  std::vector<HubContent> taken;

 private:
  std::function<void(bool)> done_;
};

struct HubStream : HttpStream {
  HubStream() {
    DaemonView view{[] { return DaemonStatus{}; }};
    view.hubs = [this] { return &hubs; };
    server = std::make_unique<HttpServer>(config, context(), std::nullopt, std::move(view));
    server->start().value();
  }
  ~HubStream() { server.reset(); }

  static std::string post(const std::string& body, const std::string& token = "t0k", const std::string& more = {}) {
    return get("/websub/" + token,
               "X-Hub-Signature: sha256=00\r\nContent-Type: application/atom+xml\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n" + more,
               "POST") +
           body;
  }
  int status_of(const std::string& request) {
    HttpClient client(server->port(), request);
    run_until([&] {
      client.read();
      return client.status() != 0;
    });
    return client.status();
  }

  FakeHubs hubs;
};

}  // namespace

TEST_CASE("a hub's question goes to who subscribed, and the challenge back as plain text") {
  HubStream stream;
  HttpClient client(stream.server->port(),
                    stream.get("/websub/t0k?hub.mode=subscribe&hub.topic=https://news.example/feed&hub.challenge="
                               "%3Cscript%3E1%0d%0aX:y&hub.lease_seconds=99&hub.extra=1"));
  REQUIRE(stream.hears(client, "<script>1\r\nX:y"));
  CHECK(client.status() == 200);
  CHECK(client.was_told("Content-Type: text/plain"));
  CHECK(client.was_told("X-Content-Type-Options: nosniff"));
  CHECK(client.text.find("\r\nX:y") > client.text.find("\r\n\r\n"));  // in the body, no header of its own
  CHECK(stream.hubs.asked.token == "t0k");
  CHECK(stream.hubs.asked.lease == 99);
  CHECK(stream.status_of(stream.get("/websub/t0k?hub.topic=x&hub.challenge=c&hub.lease_seconds=9e9")) == 404);
  CHECK_FALSE(stream.hubs.asked.lease);
}

TEST_CASE("content is answered once it is durable, and to be sent again when it could not be taken") {
  HubStream stream;
  HttpClient client(stream.server->port(), stream.post("<feed/>"));
  REQUIRE(stream.run_until([&] { return stream.hubs.taken.size() == 1; }));
  client.read();
  CHECK(client.text.empty());
  CHECK(stream.hubs.taken[0].body == "<feed/>");
  CHECK(stream.hubs.taken[0].signature == "sha256=00");
  CHECK(stream.hubs.taken[0].content_type == "application/atom+xml");
  stream.hubs.tell(true);
  REQUIRE(stream.hears(client, "202"));
  client.say(stream.post("<feed>2</feed>"));  // on the same connection
  REQUIRE(stream.run_until([&] { return stream.hubs.taken.size() == 2; }));
  client.text.clear();
  stream.hubs.tell(false);
  REQUIRE(stream.hears(client, "Retry-After"));
  CHECK(client.status() == 503);
}

TEST_CASE("content that is too large, for nobody, or for which there is no room is refused before it is taken") {
  HubStream stream;
  CHECK(stream.status_of(stream.post(std::string(1001, 'x'))) == 413);
  CHECK(stream.status_of(stream.get("/websub/t0k", "Transfer-Encoding: chunked\r\n", "POST") + "3ea\r\n" +
                         std::string(1002, 'x') + "\r\n0\r\n\r\n") == 413);
  CHECK(stream.status_of(stream.post("x", "other")) == 410);
  stream.hubs.is_full = true;
  CHECK(stream.status_of(stream.post("x")) == 503);
  stream.hubs.is_on = false;
  CHECK(stream.status_of(stream.post("x")) == 404);
  CHECK(stream.hubs.taken.empty());
}

}  // namespace newsd
