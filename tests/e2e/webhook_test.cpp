// A webhook as its receiver sees the real newsd: signed, complete, through failures, restarts and kill -9.
#include "tests/support/http_call.h"
#include "tests/support/http_origin.h"
#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <ctime>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

namespace newsd {
namespace {

constexpr std::string_view kSecret = "a secret that only two know";

/// What Standard Webhooks asks a receiver to compute, without newsd's own code.
std::string expected_signature(const OriginRequest& request) {
  const std::string text =
      request.headers.at("webhook-id") + "." + request.headers.at("webhook-timestamp") + "." + request.body;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &length);
  unsigned char encoded[2 * EVP_MAX_MD_SIZE];
  const int size = EVP_EncodeBlock(encoded, digest, static_cast<int>(length));
  return "v1," + std::string(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
}

/// Takes events as a good receiver does: verifies, knows repeats by their id. `fails` says with what status it fails.
class Receiver {
 public:
  explicit Receiver(std::function<int(const OriginRequest&, int n)> fails)
      : fails_(std::move(fails)), origin_([this](const OriginRequest& request, int n, const OriginWrite& write) {
          return answer(request, n, write);
        }) {}

  std::string output(const std::string& more = {}) const {
    return fmt::format(
        "[fetch]\nallow_private = [\"127.0.0.0/8\"]\n[[output]]\nkind = \"webhook\"\nname = \"hook\"\nurl = \"{}\"\n"
        "retry_first = \"20ms\"\nretry_most = \"100ms\"\n{}",
        origin_.url("/hook"), more);
  }
  /// The ids of the events taken, in the order of their first arrival.
  std::vector<std::string> ids() const {
    const std::lock_guard lock(mutex_);
    return ids_;
  }
  std::vector<OriginRequest> requests() const { return origin_.requests(); }
  int forged() const { return forged_; }

 private:
  bool answer(const OriginRequest& request, int n, const OriginWrite& write) {
    if (const int status = fails_(request, n); status != 0) return write(http_answer(status, {}, "no"));
    if (!request.has("webhook-signature") || request.headers.at("webhook-signature") != expected_signature(request)) {
      ++forged_;
      return write(http_answer(403, {}));
    }
    const std::lock_guard lock(mutex_);
    for (std::size_t at = 0; (at = request.body.find("{\"specversion\"", at)) != std::string::npos; ++at) {
      std::string id = attribute(request.body.substr(at, 400), "id");
      if (known_.insert(id).second) ids_.push_back(std::move(id));
    }
    return write(http_answer(204, {}));
  }

  std::function<int(const OriginRequest&, int n)> fails_;
  mutable std::mutex mutex_;
  std::vector<std::string> ids_;
  std::set<std::string> known_;
  std::atomic<int> forged_{0};
  HttpOrigin origin_;  // last: its threads use the others
};

struct Desk {
  NewsdHome home;
  std::unique_ptr<Process> newsd;

  std::string secret() const {
    std::ofstream(home.path() / "secret") << kSecret << "\n";
    return fmt::format("secret_file = \"{}\"\n", (home.path() / "secret").string());
  }
  void end(int signal) {
    newsd->signal(signal);
    newsd->wait();
  }
  /// The ids of all events of the journal, in its order.
  std::vector<std::string> recorded() const {
    std::vector<std::string> ids;
    for (const std::string& line : lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output))
      ids.push_back(attribute(line, "id"));
    return ids;
  }
};

}  // namespace

TEST_CASE("a receiver gets every event once by id, in order, signed, through 503s, restarts and kill -9") {
  const int batch = GENERATE(1, 20);
  std::atomic<bool> is_well = false;
  Receiver receiver([&](const OriginRequest&, int n) { return n % 4 == 1 && !is_well ? 503 : 0; });
  Desk desk;
  desk.home.configure(receiver.output(desk.secret() + fmt::format("batch = {}\n", batch)));
  int dropped = 0;
  for (const int signal : {SIGKILL, SIGTERM, SIGKILL, SIGTERM}) {
    desk.newsd = desk.home.start();
    const std::size_t before = receiver.ids().size();
    for (int n = 0; n < 8; ++n, ++dropped) desk.home.drop(fmt::format("{}.txt", dropped), sample_text(dropped));
    REQUIRE(eventually([&] { return receiver.ids().size() >= before + 3; }));
    desk.end(signal);
  }
  desk.newsd = desk.home.start();
  REQUIRE(eventually([&] { return desk.home.waiting().empty(); }));
  is_well = true;
  // a stop does not wait for a receiver that has just failed: what is owed to it is delivered by the next start
  REQUIRE(eventually([&] { return receiver.ids() == desk.recorded(); }));
  desk.end(SIGTERM);
  const auto recorded = desk.recorded();
  CHECK(recorded.size() >= static_cast<std::size_t>(dropped));
  CHECK(receiver.ids() == recorded);
  CHECK(receiver.forged() == 0);
  for (const OriginRequest& request : receiver.requests()) {
    CHECK(request.method == "POST");
    CHECK(request.headers.at("content-type") == (batch == 1 ? "application/cloudevents+json; charset=utf-8"
                                                            : "application/cloudevents-batch+json; charset=utf-8"));
  }
}

TEST_CASE("after a 410 nothing more is sent, and status says why") {
  Receiver receiver([](const OriginRequest&, int n) { return n < 2 ? 0 : 410; });
  Desk desk;
  desk.home.configure(receiver.output(desk.secret()) + "[http]\nlisten = \"127.0.0.1:0\"\n");
  desk.newsd = desk.home.start();
  for (int n = 0; n < 5; ++n) desk.home.drop(fmt::format("{}.txt", n), sample_text(n));
  const std::uint16_t port = http_port_of(*desk.newsd);
  REQUIRE(eventually(
      [&] { return http_call(port, http_request("GET", "/status")).body.find("answered 410") != std::string::npos; }));
  REQUIRE(eventually([&] { return desk.home.waiting().empty(); }));
  CHECK(receiver.requests().size() == 3);
  CHECK(http_call(port, http_request("GET", "/metrics")).body.find("newsd_output_waiting{output=\"hook\"} 1") !=
        std::string::npos);
  desk.end(SIGTERM);
  CHECK(desk.newsd->errors().find("410") != std::string::npos);
}

TEST_CASE("what a receiver refuses for good is kept whole, and the stream goes on behind it") {
  Receiver receiver([](const OriginRequest& request, int) {
    return request.body.find("newsd.article.new") != std::string::npos ? 422 : 0;
  });
  Desk desk;
  desk.home.configure(receiver.output(desk.secret() + "attempts = 2\n"));
  desk.newsd = desk.home.start();
  desk.home.drop("a.txt", sample_text(1));
  desk.home.drop("b.txt", sample_text(2));
  const auto letters = [&] { return lines_of(file_content(desk.home.path() / "state" / "dead-letters.ndjson")); };
  REQUIRE(eventually([&] { return letters().size() == 2; }));
  desk.end(SIGTERM);
  const auto recorded = desk.recorded();
  std::set<std::string> accounted;
  for (const std::string& id : receiver.ids()) accounted.insert(id);
  for (const std::string& letter : letters()) accounted.insert(attribute(letter, "id"));
  CHECK(accounted == std::set<std::string>(recorded.begin(), recorded.end()));
  CHECK(receiver.ids().size() + 2 == recorded.size());
}

TEST_CASE("dead letters are sent again by command, beside the running daemon, and what is refused again stays") {
  const int batch = GENERATE(1, 20);
  std::atomic<int> mood = 422;
  Receiver receiver([&](const OriginRequest& request, int) {
    return request.body.find("newsd.article.new") != std::string::npos ? mood.load() : 0;
  });
  Desk desk;
  desk.home.configure(receiver.output(desk.secret() + fmt::format("attempts = 1\nbatch = {}\n", batch)));
  const auto letters = [&] { return lines_of(file_content(desk.home.path() / "state" / "dead-letters.ndjson")); };
  const auto command = [&](const std::string& action) {
    return desk.home.run({"dead-letters", action, "-c", desk.home.config().string()});
  };
  CHECK(command("resend").status == 0);
  desk.newsd = desk.home.start();
  desk.home.drop("a.txt", sample_text(1));
  desk.home.drop("b.txt", sample_text(2));
  REQUIRE(eventually([&] { return letters().size() == 2 && receiver.ids().size() + 2 == desk.recorded().size(); }));
  CHECK(lines_of(command("list").output) == letters());
  CHECK(command("resend").status == 65);
  REQUIRE(letters().size() == 2);
  CHECK(letters()[0].find("\"attempts\":2,") != std::string::npos);
  mood = 503;  // away: the first shows it, the others are not tried
  const std::size_t asked = receiver.requests().size();
  CHECK(command("resend").status == 69);
  CHECK(receiver.requests().size() == asked + 1);
  REQUIRE(letters().size() == 2);
  mood = 0;
  const Ran sent = command("resend");
  CHECK(sent.status == 0);
  CHECK(sent.errors.find("2 sent, 0 refused again, 0 kept") != std::string::npos);
  CHECK(letters().empty());
  desk.end(SIGTERM);
  const auto recorded = desk.recorded(), ids = receiver.ids();
  CHECK(std::set<std::string>(ids.begin(), ids.end()) == std::set<std::string>(recorded.begin(), recorded.end()));
  CHECK(receiver.forged() == 0);
}

TEST_CASE("a webhook reaches nothing inside unless it is allowed to") {
  Receiver receiver([](const OriginRequest&, int) { return 0; });
  Desk desk;
  std::string output = receiver.output();
  output.erase(0, output.find("[[output]]"));
  desk.home.configure(output);
  desk.newsd = desk.home.start();
  REQUIRE(eventually([&] { return desk.newsd->errors().find("allow_private") != std::string::npos; }));
  CHECK(receiver.requests().empty());
}

}  // namespace newsd
