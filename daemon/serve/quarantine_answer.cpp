#include "daemon/serve/quarantine_answer.h"

#include "daemon/event/json_walk.h"
#include "daemon/ops/log.h"
#include "daemon/serve/on_disk.h"
#include "daemon/serve/quarantined.h"
#include "feeds/source/file_identity.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

HttpAnswer unreadable(const Error& error) {
  log_warn("serve", "a quarantine cannot be used", {{"error", error.message()}});
  return error_answer(503, Error(RetryError::Unreadable, "a quarantine cannot be used: " + error.text));
}

HttpAnswer listed(const std::vector<DropConfig>& drops) {
  JsonText json;
  std::size_t total = 0;
  json.begin_object().key("files").begin_array();
  for (const DropConfig& drop : drops) {
    const auto latest = Quarantine(drop.path).latest(kQuarantinedTold);
    if (!latest) return unreadable(latest.error());
    for (const Quarantined& file : latest->files) write_quarantined(json, file, drop.name);
    total += latest->total;
  }
  return {200, "application/json", json.end_array().key("total").integer(total).end_object().take() + '\n', {}};
}

struct Retry {
  std::string name;
  std::optional<std::string> drop;
};

Result<Retry> retry_of(std::string_view line) {
  Retry retry;
  bool is_plain = true;
  const bool is_json = walk_json(line, [&](const JsonLeaf& leaf) {
    if (leaf.is_string && leaf.path == "retry" && retry.name.empty())
      retry.name = leaf.text;
    else if (leaf.is_string && leaf.path == "drop" && !retry.drop)
      retry.drop = leaf.text;
    else
      is_plain = false;
  });
  if (is_json && is_plain && !retry.name.empty()) return retry;
  return Error(RetryError::NotALine, R"(say {"retry":"<name>"}, with "drop" where only that directory is meant)");
}

/// By its own name, or by that as it is shown.
Result<std::string> put_back(const Quarantine& quarantine, const std::string& name) {
  auto back = quarantine.put_back(name);
  if (back || !back.error().is(QuarantineError::NotThere)) return back;
  auto files = quarantine.list();
  if (!files) return files.error();
  for (const Quarantined& file : *files)
    if (is_called(file, name)) return quarantine.put_back(file.name);
  return back;
}

HttpAnswer retried(const Retry& retry, const std::vector<DropConfig>& drops) {
  JsonText json;
  std::size_t count = 0;
  json.begin_object().key("retried").begin_array();
  for (const DropConfig& drop : drops) {
    if (retry.drop && drop.name != *retry.drop) continue;
    const auto back = put_back(Quarantine(drop.path), retry.name);
    if (!back && back.error().is(QuarantineError::NotThere)) continue;
    if (!back) return unreadable(back.error());
    json.begin_object().member("name", retry.name).member("drop", drop.name);
    json.member("as", readable_name(*back)).end_object();
    ++count;
  }
  if (count == 0) return error_answer(404, Error(RetryError::NotThere, "nothing of that name is in quarantine"));
  return {200, "application/json", json.end_array().end_object().take() + '\n', {}};
}

}  // namespace

std::string_view code_of(RetryError e) {
  switch (e) {
    case RetryError::NotThere: return "not-there";
    case RetryError::NotALine: return "not-a-line";
    case RetryError::Unreadable: return "quarantine-unreadable";
  }
  return "not-there";
}

boost::asio::awaitable<HttpAnswer> quarantine_answer(std::shared_ptr<const ServeTerms> terms) {
  std::function<HttpAnswer()> job = [drops = terms->view.drops()] { return listed(drops); };
  HttpAnswer answer = co_await on_disk(std::move(job), terms);
  co_return answer;
}

boost::asio::awaitable<HttpAnswer> retry_answer(std::string line, std::shared_ptr<const ServeTerms> terms) {
  const Result<Retry> retry = retry_of(line);
  HttpAnswer answer;
  if (!retry) {
    answer = error_answer(400, retry.error());
    co_return answer;
  }
  std::function<HttpAnswer()> job = [retry = *retry, drops = terms->view.drops()] { return retried(retry, drops); };
  answer = co_await on_disk(std::move(job), terms);
  co_return answer;
}

}  // namespace newsd
