// WebhookDesk: a stream, a webhook on it, and a receiver that answers by a script and keeps what it took.
#pragma once

#include "daemon/emit/webhook_output.h"
#include "tests/daemon/stream/stream_fixture.h"
#include "tests/support/scripted_fetcher.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

inline OutputConfig hook_config() {
  OutputConfig config;
  config.kind = OutputConfig::Kind::Webhook;
  config.name = "desk";
  config.url = "https://hooks.example/desk";
  config.retry_first = config.retry_most = std::chrono::milliseconds(1);
  return config;
}

struct WebhookDesk {
  using Answers = std::function<Result<FetchAnswer>(const FetchRequest&, int n)>;
  explicit WebhookDesk(Answers answers, std::uint64_t before = 0, std::vector<CursorRow> rows = {})
      : stream(before, std::move(rows)),
        fetcher([this, answers = std::move(answers)](const FetchRequest& request, int n) {
          Result<FetchAnswer> answer = answers(request, n);
          if (answer && answer->status / 100 == 2 && request.post) taken.push_back(request.post->body);
          return answer;
        }) {}

  void start(const OutputConfig& config = hook_config()) {
    WebhookOutput::Terms terms{fetcher, "Bearer token", letters()};
    output = std::move(WebhookOutput::create(config, stream.context(), terms).value());
    output->start().value();
  }
  std::filesystem::path letters() const { return stream.folder / "dead-letters.ndjson"; }
  template <class Condition>
  bool until(Condition holds) {
    return stream.run_until([&] {
      fetcher.answer_all();
      return holds();
    });
  }
  bool until_delivered(std::uint64_t sequence) {
    return until([&] { return output->cursor() == Sequence(sequence); });
  }
  /// Stops while the receiver answers.
  bool stop() {
    bool done = false;
    output->stop(std::chrono::seconds(5), [&done] { done = true; });
    return until([&] { return done; });
  }
  /// Of every event taken, in the order in which they were.
  std::vector<std::uint64_t> sequences() const {
    std::vector<std::uint64_t> all;
    for (const std::string& body : taken) {
      for (std::size_t at = 0; (at = body.find("\"sequence\":\"", at)) != std::string::npos; ++at)
        all.push_back(sequence_in(body.substr(at)));
    }
    return all;
  }
  std::string dead_letters() const {
    std::ostringstream out;
    if (std::filesystem::exists(letters())) out << std::ifstream(letters()).rdbuf();
    return out.str();
  }

  StreamFixture stream;
  std::vector<std::string> taken;
  ScriptedFetcher fetcher;
  std::unique_ptr<WebhookOutput> output;
};

inline Result<FetchAnswer> takes(const FetchRequest&, int) { return scripted_answer(204); }

}  // namespace newsd
