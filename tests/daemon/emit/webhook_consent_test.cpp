// What a webhook does about its receiver's consent: off, ask, require.
#include "tests/daemon/emit/webhook_desk.h"

#include <algorithm>

namespace newsd {
namespace {

OutputConfig asking(OutputConfig::Handshake handshake) {
  OutputConfig config = hook_config();
  config.handshake = handshake;
  return config;
}

/// A receiver that takes every event, and answers the n-th question with one of these; the last of them ever after.
WebhookDesk::Answers consenting(std::vector<FetchAnswer> answers) {
  return [answers = std::move(answers), questions = std::size_t{0}](const FetchRequest& request,
                                                                    int) mutable -> Result<FetchAnswer> {
    if (!request.question) return scripted_answer(204);
    return answers[std::min(questions++, answers.size() - 1)];
  };
}

std::size_t questions(const WebhookDesk& desk) {
  return static_cast<std::size_t>(std::count_if(desk.fetcher.asked.begin(), desk.fetcher.asked.end(),
                                                [](const FetchRequest& r) { return r.question.has_value(); }));
}

}  // namespace

TEST_CASE("without a handshake nobody is asked") {
  WebhookDesk desk(takes);
  desk.start();
  desk.stream.commit(2);
  REQUIRE(desk.until_delivered(2));
  CHECK(questions(desk) == 0);
}

TEST_CASE("a receiver is asked once, before its first event, and not while there is none") {
  const auto handshake = GENERATE(OutputConfig::Handshake::Ask, OutputConfig::Handshake::Require);
  WebhookDesk desk(consenting({scripted_answer(200, {"WebHook-Allowed-Origin: test"})}));
  desk.start(asking(handshake));
  desk.stream.run_ready();
  CHECK(desk.fetcher.asked.empty());
  desk.stream.commit(3);
  REQUIRE(desk.until_delivered(3));
  CHECK(desk.sequences() == range(1, 3));
  CHECK(questions(desk) == 1);
  CHECK(desk.fetcher.asked.front().question.has_value());
}

TEST_CASE("a receiver that knows no handshake gets events when it is asked, and none when its consent is required") {
  const int status = GENERATE(200, 404, 405);
  WebhookDesk asked(consenting({scripted_answer(status)}));
  asked.start(asking(OutputConfig::Handshake::Ask));
  asked.stream.commit(3);
  REQUIRE(asked.until_delivered(3));
  CHECK(asked.output->health().failures == 0);

  WebhookDesk required(consenting({scripted_answer(status)}));
  required.start(asking(OutputConfig::Handshake::Require));
  required.stream.commit(3);
  REQUIRE(required.until([&] { return questions(required) == 4; }));
  CHECK(required.taken.empty());
  CHECK(required.output->lag() == 3);
  CHECK(required.output->health().trouble.find("WebHook-Allowed-Origin") != std::string::npos);
}

TEST_CASE("a receiver that denies its consent gets nothing until it gives it") {
  const auto handshake = GENERATE(OutputConfig::Handshake::Ask, OutputConfig::Handshake::Require);
  const FetchAnswer denied = GENERATE(scripted_answer(200, {"WebHook-Allowed-Origin: other.example"}),
                                      scripted_answer(403), scripted_answer(503));
  WebhookDesk desk(consenting({denied, denied, scripted_answer(200, {"WebHook-Allowed-Origin: *"})}));
  desk.start(asking(handshake));
  desk.stream.commit(2);
  REQUIRE(desk.until([&] { return questions(desk) == 2; }));
  CHECK(desk.taken.empty());
  CHECK_FALSE(desk.output->health().trouble.empty());
  REQUIRE(desk.until_delivered(2));
  CHECK(desk.sequences() == range(1, 2));
  CHECK(desk.output->health().trouble.empty());
}

TEST_CASE("a receiver that wants no more when it is asked stops the output") {
  WebhookDesk desk(consenting({scripted_answer(410)}));
  desk.start(asking(OutputConfig::Handshake::Ask));
  desk.stream.commit(2);
  REQUIRE(desk.until([&] { return !desk.output->health().trouble.empty(); }));
  CHECK(desk.output->health().trouble.find("410") != std::string::npos);
  CHECK(desk.stop());
  CHECK(desk.taken.empty());
}

TEST_CASE("no more requests a minute are sent than the receiver allows") {
  WebhookDesk desk(consenting({scripted_answer(200, {"WebHook-Allowed-Origin: *", "WebHook-Allowed-Rate: 1200"})}));
  desk.start(asking(OutputConfig::Handshake::Require));
  desk.stream.commit(6);
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(desk.until_delivered(6));
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(250));  // 50 ms between two
}

TEST_CASE("a stop does not wait for a receiver's rate or its consent, and what was not sent is owed") {
  WebhookDesk slow(consenting({scripted_answer(200, {"WebHook-Allowed-Origin: *", "WebHook-Allowed-Rate: 1"})}));
  slow.start(asking(OutputConfig::Handshake::Ask));
  slow.stream.commit(3);
  REQUIRE(slow.until_delivered(1));
  REQUIRE(slow.stop());
  CHECK(slow.stream.saved.back().sequence == Sequence(1));

  OutputConfig patient = asking(OutputConfig::Handshake::Require);
  patient.retry_first = patient.retry_most = std::chrono::hours(1);
  WebhookDesk unwilling(consenting({scripted_answer(403)}));
  unwilling.start(patient);
  unwilling.stream.commit(3);
  REQUIRE(unwilling.until([&] { return !unwilling.output->health().trouble.empty(); }));
  REQUIRE(unwilling.stop());
  CHECK(unwilling.output->cursor() == Sequence(0));
}

}  // namespace newsd
