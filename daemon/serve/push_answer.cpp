#include "daemon/serve/push_answer.h"

#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"
#include "daemon/ops/log.h"

namespace newsd {
namespace {

constexpr unsigned kQuarantined = 422;
constexpr std::size_t kOutlinesRead = 4 * kEventsTold;  ///< events of stories stand between those of articles

bool is_about_pushed(EventType type) {
  return to_string(type).starts_with("newsd.article.") || type == EventType::InputQuarantined;
}

void write_events(JsonText& json, const Outcome& outcome, const std::vector<Record>& outlines) {
  json.member("from", digits_of(outcome.first)).member("to", digits_of(outcome.last)).key("events").begin_array();
  std::size_t told = 0;
  bool is_all = outlines.size() < kOutlinesRead;
  for (const Record& record : outlines) {
    if (!is_about_pushed(record.type)) continue;
    if (told++ == kEventsTold) {
      is_all = false;
      break;
    }
    json.begin_object().member("sequence", digits_of(record.sequence)).member("id", record.id.value().to_string());
    json.member("type", to_string(record.type)).member("subject", record.subject).end_object();
  }
  json.end_array().key("more").boolean(!is_all);
}

/// The reason in the reason file's words, as a problem document's members.
void write_refusal(JsonText& json, const std::string& reason_json) {
  std::string code = "quarantined", text = "nothing in it could be read";
  walk_json(reason_json, [&](const JsonLeaf& leaf) {
    if (leaf.path == "reason.code") code = leaf.text;
    if (leaf.path == "reason.text") text = leaf.text;
  });
  write_problem(json, kQuarantined, code, text);
}

}  // namespace

HttpAnswer push_answer(const Outcome& outcome, bool is_repeat, const ServeTerms& terms) {
  std::vector<Record> outlines;
  if (outcome.last > Sequence(0)) {
    auto read = terms.context.history.outlines(Sequence(outcome.first.value() - 1), outcome.last, kOutlinesRead);
    if (!read) log_warn("serve", "the events of a push cannot be read", {{"error", read.error().message()}});
    if (read) outlines = *std::move(read);
  }
  JsonText json;
  json.begin_object();
  HttpAnswer answer;
  if (outcome.fate == Outcome::Fate::Quarantined) {
    answer.status = kQuarantined;
    answer.content_type = kProblemType;
    write_refusal(json, outcome.reason_json);
    json.member("outcome", "quarantined");
  } else {
    json.member("outcome", "done");
  }
  write_events(json, outcome, outlines);
  answer.body = json.end_object().take() + '\n';
  if (is_repeat) answer.fields.push_back({"Idempotency-Replayed", "true"});
  return answer;
}

}  // namespace newsd
