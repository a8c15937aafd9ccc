// Everybody who listens while newsd is killed again and again: over HTTP in each shape, over its socket, by webhook.
// NEWSD_TEST_KILLS sets how often (100 take some minutes).
#include "tests/support/consumer_crowd.h"
#include "tests/support/http_origin.h"
#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>

namespace newsd {
namespace {

int kills_wanted() {
  const char* const number = std::getenv("NEWSD_TEST_KILLS");
  return number != nullptr ? std::max(1, std::atoi(number)) : 6;
}

/// Takes events as a good receiver does: knows repeats by their id.
class Receiver {
 public:
  std::string url() const { return origin_.url("/hook"); }
  std::vector<std::string> ids() const {
    const std::lock_guard lock(mutex_);
    return ids_;
  }
  std::size_t repeats() const {
    const std::lock_guard lock(mutex_);
    return repeats_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> ids_;
  std::set<std::string> known_;
  std::size_t repeats_ = 0;
  HttpOrigin origin_{[this](const OriginRequest& request, int, const OriginWrite& write) {
    {
      const std::lock_guard lock(mutex_);
      std::string id = attribute(request.body, "id");
      if (known_.insert(id).second)
        ids_.push_back(std::move(id));
      else
        ++repeats_;
    }
    return write(http_answer(204, {}));
  }};  // last: its threads use the others
};

/// A number of `newsd status --json`, by the name of the object that holds it and its own.
std::uint64_t figure(const std::string& status, const std::string& object, const std::string& name) {
  const std::string key = "\"" + name + "\":";
  const auto at = status.find(key, status.find("\"" + object + "\":{"));
  return at == std::string::npos ? 0 : std::stoull(status.substr(at + key.size(), 20));
}

void check_counts(const std::string& status, const std::vector<std::string>& events) {
  INFO(status);
  for (const char* const kind : {"new", "updated", "duplicate", "rejected", "withdrawn"}) {
    CAPTURE(kind);
    CHECK(figure(status, "articles", kind) == count_type(events, std::string("newsd.article.") + kind));
  }
  CHECK(figure(status, "inputs", "quarantined") == count_type(events, "newsd.input.quarantined"));
  CHECK(figure(status, "inputs", "done") ==
        count_type(events, "newsd.article.new") + count_type(events, "newsd.article.duplicate"));
  CHECK(figure(status, "inputs", "unaccounted") == 0);
  CHECK(figure(status, "inputs", "inFlight") == 0);
  std::uint64_t by_kind = 0;
  for (const char* const kind : {"same-id", "same-url", "exact", "near", "syndicated", "contained"})
    by_kind += figure(status, "duplicates", kind);
  CHECK(by_kind == count_type(events, "newsd.article.duplicate"));
}

}  // namespace

TEST_CASE(
    "however often newsd is killed, every consumer ends with every event once, and the counts are the journal's") {
  const unsigned seed = Catch::rngSeed();
  const int kills = kills_wanted();
  INFO("seed " << seed << ", kills " << kills);
  std::mt19937 random(seed);
  Receiver receiver;
  NewsdHome home;
  const std::filesystem::path http = home.path() / "http.sock";
  home.configure(
      fmt::format("{}[http]\nlisten = \"unix:{}\"\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\n"
                  "[[output]]\nkind = \"webhook\"\nname = \"hook\"\nurl = \"{}\"\nretry_first = \"20ms\"\n",
                  home.unix_output(), http.string(), receiver.url()));
  std::vector<CrowdMember> members;
  for (const CrowdShape shape : {CrowdShape::Sse, CrowdShape::Lines, CrowdShape::WebSocket, CrowdShape::Socket})
    members.push_back({shape, shape == CrowdShape::Socket ? home.socket() : http, 0, false, true});
  ConsumerCrowd crowd(members);

  int dropped = 0;
  for (int kill = 0; kill < kills; ++kill) {
    const auto newsd = home.start();
    const int burst = 5 + static_cast<int>(random() % 30);
    for (int i = 0; i < burst; ++i, ++dropped) {
      const bool is_empty = random() % 10 == 0, is_copy = random() % 10 == 0;
      home.drop(fmt::format("n{}.txt", dropped), is_empty ? "" : sample_text(is_copy ? 0 : dropped));
    }
    // at a random moment of its work: when a random share of the burst has left the directory
    const std::size_t left = random() % static_cast<unsigned>(burst);
    eventually([&] { return home.waiting().size() <= left; }, std::chrono::seconds(5));
    newsd->signal(SIGKILL);
    newsd->wait();
  }

  auto newsd = home.start();
  REQUIRE(eventually([&] { return home.waiting().empty(); }));
  const auto recorded = [&] { return lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output); };
  const std::vector<std::string> events = recorded();
  const auto patience = std::chrono::seconds(15 + kills);  // the webhook sends one by one
  REQUIRE(eventually([&] { return crowd.members_at(events.size()) == crowd.size(); }, patience));
  REQUIRE(eventually([&] { return receiver.ids().size() == events.size(); }, patience));
  const auto status = [&] { return home.run({"status", "--json", "-c", home.config().string()}).output; };
  check_counts(status(), events);
  CHECK(events.size() >= static_cast<std::size_t>(dropped));
  crowd.stop();
  CHECK(crowd.faults() == 0);
  std::vector<std::string> ids;
  for (const std::string& event : events) ids.push_back(attribute(event, "id"));
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  for (std::size_t member = 0; member < crowd.size(); ++member) {
    CAPTURE(member);
    CHECK(crowd.ids(member) == ids);
  }
  CHECK(receiver.ids() == ids);

  newsd->signal(SIGTERM);
  REQUIRE(newsd->wait() == 0);
  newsd = home.start();
  check_counts(status(), recorded());
  if (std::getenv("NEWSD_TEST_KILLS") != nullptr)
    WARN(kills << " kills, " << events.size() << " events, " << crowd.connects() << " connections, "
               << crowd.deliveries() << " deliveries over HTTP and the socket, " << receiver.repeats()
               << " events sent again by the webhook");
}

TEST_CASE("a crowd of mixed consumers, some of them slow, gets every event once while news comes in") {
  NewsdHome home;
  const std::filesystem::path http = home.path() / "http.sock";
  home.configure(fmt::format("{}[http]\nlisten = \"unix:{}\"\n", home.unix_output(), http.string()));
  const auto newsd = home.start();
  std::vector<CrowdMember> members;
  for (int n = 0; n < 100; ++n) {
    const auto shape = static_cast<CrowdShape>(n % 4);
    members.push_back({shape, shape == CrowdShape::Socket ? home.socket() : http, 0, n % 10 == 0, false});
  }
  ConsumerCrowd crowd(members);
  for (int n = 0; n < 60; ++n) home.drop(fmt::format("n{}.txt", n), sample_text(n));
  REQUIRE(eventually([&] { return home.waiting().empty(); }));
  const std::uint64_t last = lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output).size();
  REQUIRE(eventually([&] { return crowd.members_at(last) == crowd.size(); }, std::chrono::seconds(30)));
  crowd.stop();
  CHECK(crowd.faults() == 0);
  CHECK(crowd.deliveries() == last * crowd.size());
  CHECK(crowd.connects() == crowd.size());
}

}  // namespace newsd
