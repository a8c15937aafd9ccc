// A Fetcher that answers from a script, at once or when the test says so, and remembers what it was asked. One
// thread, no network, no time.
#pragma once

#include "feeds/fetch/fetcher.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class ScriptedFetcher final : public Fetcher {
 public:
  using Script = std::function<Result<FetchAnswer>(const FetchRequest&, int n)>;

  /// n: how often this URL was asked for before.
  explicit ScriptedFetcher(Script script) : script_(std::move(script)) {}

  void fetch(FetchRequest request, Done done) override {
    asked.push_back(request);
    waiting_.emplace_back(std::move(request), std::move(done));
  }
  void stop() override { waiting_.clear(); }

  /// Answers what was asked for up to now; false: nothing was.
  bool answer_all() {
    auto now = std::exchange(waiting_, {});
    for (auto& [request, done] : now) {
      Result<FetchAnswer> answer = script_(request, counts_[request.url]++);
      if (answer && answer->final_url.empty()) answer->final_url = request.url;
      if (answer) answer->conditional = request.validators != Validators{} && request.validated_url == request.url;
      done(std::move(answer));
    }
    return !now.empty();
  }
  std::size_t waiting() const { return waiting_.size(); }

  std::vector<FetchRequest> asked;

 private:
  Script script_;
  std::map<std::string, int> counts_;
  std::deque<std::pair<FetchRequest, Done>> waiting_;
};

/// An answer with these header lines.
inline FetchAnswer scripted_answer(int status, const std::vector<std::string>& header = {}, std::string body = {}) {
  FetchAnswer answer;
  answer.status = static_cast<std::uint16_t>(status);
  for (const std::string& line : header) answer.header.add_line(line);
  answer.body = std::move(body);
  return answer;
}

}  // namespace newsd
