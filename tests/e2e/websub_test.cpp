// A feed that a hub pushes, as the hub and the feed's readers see the real newsd.
#include "tests/support/http_call.h"
#include "tests/support/http_origin.h"
#include "tests/support/hub_form.h"
#include "tests/support/newsd_home.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <set>

namespace newsd {
namespace {

/// A publisher with its hub, on one server, and newsd with an address that hubs are told of.
struct Town {
  HttpOrigin origin;
  NewsdHome home;
  std::unique_ptr<Process> newsd;
  std::uint16_t port = 0;
  std::atomic<int> published{2};

  explicit Town(const std::string& feed_more = "", const std::string& websub_more = "")
      : origin([this](const OriginRequest& request, int, const OriginWrite& write) { return serve(request, write); }) {
    home.configure(home.file_output() + "[fetch]\nallow_private = [\"127.0.0.0/8\"]\nmin_interval = \"1s\"\n" +
                   "[http]\nlisten = \"127.0.0.1:0\"\n[websub]\npublic_url = \"https://desk.example/newsd/\"\n" +
                   websub_more + "[[feed]]\nurl = \"" + origin.url() + "\"\n" + feed_more);
    start();
  }
  void start() {
    newsd = home.start();
    port = http_port_of(*newsd);
    REQUIRE(port != 0);
  }
  bool serve(const OriginRequest& request, const OriginWrite& write) {
    if (request.path == "/hub") return write(http_answer(202, {}));
    return write(http_answer(200, {"Content-Type: application/rss+xml"}, rss(1, published)));
  }
  std::string rss(int first, int last) const {
    std::string text = fmt::format(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>"
        "<title>Harbour news</title><link>https://news.example/</link><description>d</description>"
        "<atom:link rel=\"hub\" href=\"{}\"/><atom:link rel=\"self\" href=\"{}\"/>",
        origin.url("/hub"), origin.url());
    for (int n = last; n >= first; --n) {
      text += fmt::format(
          "<item><guid isPermaLink=\"false\">urn:harbour:{0}</guid><title>Ferry {0} sails again</title><description>"
          "The ferry with the number {0} left the northern quay on time after {1} weeks of repairs in the yard."
          "</description></item>",
          n, n + 3);
    }
    return text + "</channel></rss>";
  }

  /// The forms that the hub was sent.
  std::vector<std::string> forms() const {
    std::vector<std::string> all;
    for (const OriginRequest& request : origin.requests()) {
      if (request.path == "/hub") all.push_back(request.body);
    }
    return all;
  }
  std::string callback() const {
    const std::string public_callback = form_field(forms().at(0), "hub.callback");
    constexpr std::string_view kBase = "https://desk.example/newsd";
    REQUIRE(public_callback.starts_with(std::string(kBase) + "/websub/"));
    return public_callback.substr(kBase.size());
  }
  HttpReply ask(const std::string& mode, const std::string& topic, const std::string& more = "") const {
    return http_call(port, http_request("GET",
                                        callback() + "?hub.mode=" + mode + "&hub.topic=" + topic +
                                            "&hub.challenge=c-7%3C%26&hub.lease_seconds=86400" + more,
                                        {}, {}, "desk.example"));
  }
  HttpReply push(const std::string& body) const { return push(body, form_field(forms().at(0), "hub.secret")); }
  HttpReply push(const std::string& body, const std::string& secret) const {
    return http_call(
        port,
        http_request("POST", callback(),
                     "Content-Type: application/rss+xml\r\nX-Hub-Signature: " + hub_signature(secret, body) + "\r\n",
                     body, "desk.example"));
  }
  void subscribe() {
    REQUIRE(eventually([&] { return !forms().empty(); }));
    const HttpReply reply = ask("subscribe", origin.url());
    REQUIRE(reply.status == 200);
    CHECK(reply.body == "c-7<&");
    CHECK(reply.head.find("Content-Type: text/plain") != std::string::npos);
  }
  std::multiset<std::string> announced() const {
    std::multiset<std::string> subjects;
    for (const std::string& line : lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output)) {
      if (attribute(line, "type") == "newsd.article.new") subjects.insert(attribute(line, "subject"));
    }
    return subjects;
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what a hub pushes is news at once, and each entry once beside polls, a kill -9 and a restart") {
  Town town("interval = \"1s\"\n");
  town.subscribe();
  for (int n = 3; n <= 8; ++n) {
    if (n == 5) {  // in the middle of it
      town.newsd->signal(SIGKILL);
      town.newsd->wait();
      town.start();
    }
    CHECK(town.push(town.rss(n, n)).status == 202);
    town.published = n;
    CHECK(town.push(town.rss(n - 1, n)).status == 202);  // hubs repeat themselves
  }
  const auto polls = town.origin.requests().size();
  REQUIRE(eventually([&] { return town.origin.requests().size() >= polls + 2; }));
  town.newsd->signal(SIGTERM);
  CHECK(town.newsd->wait() == 0);
  const auto subjects = town.announced();
  CHECK(subjects.size() == 8);
  CHECK(std::set<std::string>(subjects.begin(), subjects.end()).size() == 8);
  CHECK(town.forms().size() == 1);  // the subscription outlived both
}

TEST_CASE("a feed that is pushed is polled no more than now and then, and tells so") {
  Town town;
  town.subscribe();
  CHECK(town.push(town.rss(3, 3)).status == 202);
  const auto listed = http_call(town.port, http_request("GET", "/feeds"));
  CHECK(has(listed.body, R"("state":"active")"));
  CHECK(has(listed.body, R"("pushes":1)"));
  CHECK(has(town.home.run({"feeds", "list", "-c", town.home.config().string()}).output, R"("webSub":{"hub":")"));
  CHECK(has(http_call(town.port, http_request("GET", "/metrics")).body,
            "newsd_websub_contents_total{outcome=\"taken\"} 1"));
  const std::string secret = form_field(town.forms().at(0), "hub.secret");
  CHECK(secret.size() == 64);
  town.newsd->signal(SIGTERM);
  town.newsd->wait();
  for (const std::string& text : {listed.body, town.newsd->errors()}) {
    CHECK_FALSE(has(text, secret));
    CHECK_FALSE(has(text, town.callback()));
  }
}

TEST_CASE("strangers at a callback get nothing done") {
  Town town("", "max_content = \"4KiB\"\n");
  REQUIRE(eventually([&] { return !town.forms().empty(); }));
  CHECK(town.ask("subscribe", "https://other.example/feed").status == 404);
  CHECK(town.ask("unsubscribe", town.origin.url()).status == 404);
  CHECK(town.ask("subscribe", town.origin.url(), "&hub.topic=twice").status >= 400);
  CHECK(http_call(town.port, http_request("GET", "/websub/0123?hub.mode=subscribe")).status == 404);
  CHECK(http_call(town.port, http_request("GET", "/websub/")).status == 404);
  CHECK(http_call(town.port, http_request("POST", "/websub/0123", {}, "x")).status == 410);
  CHECK(http_call(town.port, http_request("DELETE", town.callback())).status >= 400);
  town.subscribe();
  CHECK(town.push(town.rss(7, 7), "not the secret").status == 202);
  CHECK(town.push(std::string(5000, 'x')).status == 413);
  CHECK(town.push("This is no feed.").status == 202);
  CHECK(town.push(town.rss(3, 3)).status == 202);
  // by the name that hubs know, nothing but callbacks is served
  CHECK(http_call(town.port, http_request("GET", "/status", {}, {}, "desk.example")).status == 421);
  town.newsd->signal(SIGTERM);
  CHECK(town.newsd->wait() == 0);
  CHECK(town.announced().size() == 3);
}

TEST_CASE("a feed that is removed is ended at its hub") {
  Town town;
  town.subscribe();
  town.home.configure(
      "[fetch]\nallow_private = [\"127.0.0.0/8\"]\n[http]\nlisten = \"127.0.0.1:0\"\n"
      "[websub]\npublic_url = \"https://desk.example/newsd\"\n" +
      town.home.file_output());
  town.newsd->signal(SIGHUP);
  REQUIRE(eventually([&] { return town.forms().size() == 2; }));
  CHECK(form_field(town.forms()[1], "hub.mode") == "unsubscribe");
  CHECK(town.push(town.rss(3, 3)).status == 410);
  CHECK(town.ask("subscribe", town.origin.url()).status == 404);
  CHECK(town.ask("unsubscribe", town.origin.url()).status == 200);
  CHECK(town.ask("unsubscribe", town.origin.url()).status == 404);
  town.newsd->signal(SIGTERM);
  CHECK(town.newsd->wait() == 0);
}

}  // namespace newsd
