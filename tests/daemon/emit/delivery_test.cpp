#include "daemon/emit/delivery.h"

#include "daemon/emit/webhook_message.h"

#include <catch2/catch.hpp>

#include <set>

using namespace newsd;
using std::chrono::milliseconds;

TEST_CASE("an answer says whether the events were taken, are refused, or are to be sent again") {
  const auto all = [](Delivered what, std::initializer_list<int> statuses) {
    for (const int status : statuses) {
      CAPTURE(status);
      CHECK(delivered_of(static_cast<std::uint16_t>(status)) == what);
    }
  };
  all(Delivered::Taken, {200, 201, 202, 204, 299});
  all(Delivered::Gone, {410});
  all(Delivered::Later, {301, 302, 307, 308, 401, 404, 405, 407, 408, 425, 429, 502, 503, 504, 507});
  all(Delivered::Refused, {0, 100, 400, 403, 409, 413, 415, 422, 451, 500, 501, 599});
}

TEST_CASE("each wait is a half to the whole of a doubled one, up to the longest") {
  const BackOff back_off{milliseconds(1000), milliseconds(60'000)};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    milliseconds whole(1000);
    for (unsigned failures = 1; failures < 40; ++failures) {
      const auto delay = retry_delay(back_off, failures, seed);
      CAPTURE(seed, failures, delay.count());
      CHECK(delay >= whole / 2);
      CHECK(delay <= whole);
      CHECK(delay == retry_delay(back_off, failures, seed));
      whole = std::min(whole * 2, milliseconds(60'000));
    }
  }
}

TEST_CASE("senders that fail together do not come again together") {
  std::set<milliseconds::rep> delays;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    delays.insert(retry_delay({milliseconds(60'000), milliseconds(60'000)}, 1, seed).count());
  CHECK(delays.size() > 90);
}

TEST_CASE("a wait of nothing and one that never grows are allowed") {
  CHECK(retry_delay({milliseconds(1), milliseconds(1)}, 4'000'000'000U, 7) <= milliseconds(1));
  CHECK(retry_delay({milliseconds(0), milliseconds(0)}, 3, 7) == milliseconds(0));
}

TEST_CASE("events go out as CloudEvents has them over HTTP, one or a batch") {
  const std::vector<SharedLine> lines{std::make_shared<const std::string>("{\"id\":\"a\"}\n"),
                                      std::make_shared<const std::string>("{\"id\":\"b\"}\n")};
  const Encoding& events = *encoding_named("cloudevents");
  const auto one = webhook_message(std::span(lines).first(1), events, false, "here#1-1");
  CHECK(one.type == "application/cloudevents+json; charset=utf-8");
  CHECK(one.body == "{\"id\":\"a\"}");
  const auto batch = webhook_message(lines, events, true, "here#1-2");
  CHECK(batch.type == "application/cloudevents-batch+json; charset=utf-8");
  CHECK(batch.body == "[{\"id\":\"a\"},{\"id\":\"b\"}]");
  CHECK(webhook_message(std::span(lines).first(1), events, true, "here#1-1").body == "[{\"id\":\"a\"}]");
  CHECK(webhook_message(lines, *encoding_named("flat"), true, "").type == "application/json");
  const auto text = webhook_message(lines, *encoding_named("text"), true, "");
  CHECK(text.type == "text/plain; charset=utf-8");
  CHECK(text.body == "{\"id\":\"a\"}\n{\"id\":\"b\"}");
}

TEST_CASE("a message that is sent again has its id again, another has another") {
  const std::vector<SharedLine> lines{std::make_shared<const std::string>("{}\n")};
  const Encoding& events = *encoding_named("cloudevents");
  const auto id = [&](std::string_view place) { return webhook_message(lines, events, false, place).id; };
  CHECK(id("here#1-1") == id("here#1-1"));
  CHECK(id("here#1-1") != id("here#2-2"));
  CHECK(id("here#1-1").size() == 36);
}
