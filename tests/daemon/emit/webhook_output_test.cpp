#include "daemon/emit/webhook_output.h"

#include "feeds/http/webhook_signature.h"
#include "tests/daemon/emit/webhook_desk.h"

#include <map>

namespace newsd {
namespace {

/// Refuses every request that holds one of these events.
WebhookDesk::Answers refusing(std::vector<std::uint64_t> refused, int status = 422) {
  return [refused, status](const FetchRequest& request, int) -> Result<FetchAnswer> {
    for (const std::uint64_t n : refused) {
      if (request.post->body.find(digits_of(Sequence(n))) != std::string::npos)
        return scripted_answer(status, {}, "not this one");
    }
    return scripted_answer(200);
  };
}

}  // namespace

TEST_CASE("a webhook gets the events from its first start on, one a request, in order") {
  WebhookDesk desk(takes, 5);
  desk.start();
  REQUIRE(desk.stream.saved.size() == 1);
  CHECK(desk.stream.saved[0].name == "output:desk");
  CHECK(desk.stream.saved[0].sequence == Sequence(5));
  desk.stream.commit(10);
  REQUIRE(desk.until_delivered(15));
  CHECK(desk.sequences() == range(6, 15));
  CHECK(desk.taken.size() == 10);
  CHECK(desk.output->lag() == 0);
  REQUIRE(desk.stop());
  CHECK(desk.stream.saved.back().sequence == Sequence(15));
}

TEST_CASE("one request is under way at a time, of so many events and bytes") {
  WebhookDesk desk(takes);
  OutputConfig config = hook_config();
  config.batch = 8;
  config.batch_bytes = 4000;
  desk.start(config);
  desk.stream.commit(40, 900);
  while (desk.output->cursor() != Sequence(40)) {
    desk.stream.run_ready();
    CHECK(desk.fetcher.waiting() <= 1);
    desk.fetcher.answer_all();
  }
  CHECK(desk.sequences() == range(1, 40));
  for (const std::string& body : desk.taken) CHECK(body.size() < 5000);
  CHECK(desk.taken.size() >= 10);
  CHECK(desk.fetcher.asked[0].post->type == "application/cloudevents-batch+json; charset=utf-8");
}

TEST_CASE("requests are signed, dated and authorised, and a repeated one has the same id") {
  WebhookDesk desk([](const FetchRequest&, int n) { return scripted_answer(n == 0 ? 503 : 200); });
  OutputConfig config = hook_config();
  config.secret_file = desk.stream.folder / "secret";
  std::ofstream(config.secret_file) << "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
  desk.start(config);
  desk.stream.commit(1);
  REQUIRE(desk.until_delivered(1));
  std::vector<std::map<std::string, std::string>> headers;
  for (const FetchRequest& request : desk.fetcher.asked) {
    auto& fields = headers.emplace_back();
    for (const HeaderField& field : request.post->header) fields[field.name] = field.value;
    CHECK(request.authorization == "Bearer token");
    CHECK(request.authorized_url == config.url);
    CHECK(request.timeout == config.timeout);
    CHECK(fields["webhook-timestamp"] == "1000000");
    CHECK(fields["webhook-signature"] ==
          webhook_signature(webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").value(), fields["webhook-id"],
                            desk.stream.context().now(), request.post->body));
  }
  REQUIRE(headers.size() == 2);
  CHECK(headers[0] == headers[1]);
}

TEST_CASE("a secret that is none ends the start") {
  WebhookDesk desk(takes);
  OutputConfig config = hook_config();
  config.secret_file = desk.stream.folder / "secret";
  const auto create = [&] {
    return WebhookOutput::create(config, desk.stream.context(), {desk.fetcher, {}, desk.letters()});
  };
  CHECK(create().error().is(ConfigError::Unreadable));
  std::ofstream(config.secret_file) << "whsec_this is no base64 at all\n";
  CHECK(create().error().is(ConfigError::OutOfRange));
}

TEST_CASE("a receiver that cannot be reached or is busy gets the same events again, in order, and none twice") {
  WebhookDesk desk([](const FetchRequest& request, int n) -> Result<FetchAnswer> {
    if (n % 5 == 0) return Error(FetchError::Connect, "refused", request.url);
    if (n % 5 == 1) return scripted_answer(503);
    if (n % 5 == 2) return scripted_answer(401);
    if (n % 5 == 3) return scripted_answer(302, {"Location: https://elsewhere.example/"});
    return scripted_answer(200);
  });
  desk.start();
  desk.stream.commit(6);
  REQUIRE(desk.until([&] { return !desk.output->health().trouble.empty(); }));
  CHECK(desk.output->health().trouble == "refused");
  REQUIRE(desk.until_delivered(6));
  CHECK(desk.sequences() == range(1, 6));
  CHECK(desk.output->health().trouble.empty());
  CHECK(desk.output->health().failures == 24);
  CHECK(desk.dead_letters().empty());
}

TEST_CASE("Retry-After is waited for") {
  WebhookDesk desk([](const FetchRequest&, int n) {
    return n == 0 ? scripted_answer(429, {"Retry-After: 1"}) : scripted_answer(200);
  });
  desk.start();
  desk.stream.commit(1);
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(desk.until_delivered(1));
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::seconds(1));
}

TEST_CASE("a 410 stops the output, which says so and keeps its place") {
  WebhookDesk desk([](const FetchRequest&, int n) { return scripted_answer(n < 3 ? 200 : 410); });
  desk.start();
  desk.stream.commit(10);
  REQUIRE(desk.until([&] { return !desk.output->health().trouble.empty(); }));
  CHECK(desk.output->health().trouble.find("410") != std::string::npos);
  desk.stream.commit(5);
  desk.stream.run_ready();
  CHECK_FALSE(desk.fetcher.answer_all());
  CHECK(desk.output->cursor() == Sequence(3));
  CHECK(desk.output->lag() == 12);
  CHECK(desk.stream.saved.back().sequence == Sequence(3));
  CHECK(desk.stop());
}

TEST_CASE("an event that is refused for good goes to the dead letters after so many attempts, the others go on") {
  WebhookDesk desk(refusing({4}));
  OutputConfig config = hook_config();
  config.attempts = 3;
  desk.start(config);
  desk.stream.commit(8);
  REQUIRE(desk.until_delivered(8));
  CHECK(desk.sequences() == std::vector<std::uint64_t>{1, 2, 3, 5, 6, 7, 8});
  CHECK(desk.fetcher.asked.size() == 7 + 3);
  CHECK(desk.output->health().dead_letters == 1);
  const std::vector<std::string> letters = lines_of(desk.dead_letters());
  REQUIRE(letters.size() == 1);
  CHECK(sequence_in(letters[0]) == 4);
  CHECK(letters[0].find(R"("reason":{"code":"http-422","detail":"not this one"})") != std::string::npos);
  CHECK(letters[0].find(R"("attempts":3)") != std::string::npos);
}

TEST_CASE("of a refused batch only the events that are refused alone are dead letters") {
  WebhookDesk desk(refusing({3, 11}, 500));
  OutputConfig config = hook_config();
  config.attempts = 2;
  config.batch = 6;
  desk.start(config);
  desk.stream.commit(12);
  REQUIRE(desk.until_delivered(12));
  CHECK(desk.sequences() == std::vector<std::uint64_t>{1, 2, 4, 5, 6, 7, 8, 9, 10, 12});
  CHECK(desk.output->health().dead_letters == 2);
  CHECK(lines_of(desk.dead_letters()).size() == 2);
}

TEST_CASE("a refused event waits while its dead letter cannot be written") {
  WebhookDesk desk(refusing({1}));
  std::filesystem::create_directory(desk.letters());  // what cannot be written to
  OutputConfig config = hook_config();
  config.attempts = 1;
  desk.start(config);
  desk.stream.commit(2);
  REQUIRE(desk.until([&] { return desk.output->health().trouble.find("dead letters") != std::string::npos; }));
  CHECK(desk.output->cursor() == Sequence(0));
  std::filesystem::remove(desk.letters());
  REQUIRE(desk.until_delivered(2));
  CHECK(lines_of(desk.dead_letters()).size() == 1);
}

TEST_CASE("a gap in the journal is told to the receiver before what comes behind it") {
  WebhookDesk desk(takes, 9, {CursorRow{"output:desk", Sequence(2), {}}});
  desk.stream.journal.records.erase(desk.stream.journal.records.begin(), desk.stream.journal.records.begin() + 5);
  desk.start();
  REQUIRE(desk.until_delivered(9));
  REQUIRE(desk.taken.size() == 5);
  CHECK(desk.taken[0].find("newsd.stream.gap") != std::string::npos);
  CHECK(desk.taken[0].find('\n') == std::string::npos);
  CHECK(desk.sequences() == range(5, 9));  // the gap has the place of the last that is missing
}

TEST_CASE("killed and resumed anywhere, a receiver ends with every event at least once, in order of first arrival") {
  std::vector<std::uint64_t> seen;
  std::vector<CursorRow> rows;
  for (int life = 0; life < 20; ++life) {
    WebhookDesk desk([life](const FetchRequest&, int n) { return scripted_answer(n % 3 == life % 3 ? 503 : 200); }, 40,
                     rows);
    if (life == 0) rows = {CursorRow{"output:desk", Sequence(0), {}}}, desk.stream.book.save(rows[0]);
    OutputConfig config = hook_config();
    config.batch = life % 2 == 0 ? 1 : 4;
    desk.start(config);
    const auto least = desk.output->cursor().value();
    REQUIRE(desk.until([&] { return desk.output->cursor().value() >= std::min<std::uint64_t>(least + 2, 40); }));
    for (const std::uint64_t n : desk.sequences())
      if (seen.empty() || n > seen.back()) seen.push_back(n);
    rows = {desk.stream.saved.back()};
    if (life % 4 != 3) rows[0].sequence = desk.output->cursor();  // else: killed before the cursor was saved
  }
  CHECK(seen == range(1, seen.back()));
  CHECK(seen.back() >= 30);
}

TEST_CASE("a stop delivers what is committed, but does not wait for a receiver that is away") {
  WebhookDesk willing(takes);
  willing.start();
  willing.stream.commit(20);
  REQUIRE(willing.stop());
  CHECK(willing.sequences() == range(1, 20));

  OutputConfig slow = hook_config();
  slow.retry_first = slow.retry_most = std::chrono::hours(1);
  WebhookDesk away([](const FetchRequest&, int) { return scripted_answer(503); });
  away.start(slow);
  away.stream.commit(20);
  REQUIRE(away.until([&] { return !away.output->health().trouble.empty(); }));
  REQUIRE(away.stop());
  CHECK(away.output->cursor() == Sequence(0));

  WebhookDesk silent(takes);  // it never answers
  silent.start();
  silent.stream.commit(1);
  REQUIRE(silent.stream.run_until([&] { return silent.fetcher.waiting() == 1; }));
  REQUIRE(silent.stream.stop(*silent.output, std::chrono::milliseconds(20)));
  CHECK(silent.output->cursor() == Sequence(0));
}

}  // namespace newsd
