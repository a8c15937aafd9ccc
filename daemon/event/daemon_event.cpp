#include "daemon/event/daemon_event.h"

#include "daemon/event/json_text.h"
#include "daemon/event/members.h"

namespace newsd {
namespace {

std::string_view to_string(DaemonFacts::Previous previous) {
  switch (previous) {
    case DaemonFacts::Previous::None: return "none";
    case DaemonFacts::Previous::Clean: return "clean";
    case DaemonFacts::Previous::Unclean: return "unclean";
  }
  return "none";
}

}  // namespace

std::string placed_daemon(const DaemonFacts& facts) {
  JsonText json;
  json.key("daemon").begin_object().member("newsd", facts.newsd).member("config", facts.config);
  json.key("models").begin_object();
  for (const auto& [stage, version] : facts.models) json.member(stage, version);
  json.end_object().member_if("cause", facts.cause);
  if (!facts.changed.empty()) {
    json.key("changed").begin_array();
    for (const auto& key : facts.changed) json.string(key);
    json.end_array();
  }
  if (facts.previous) json.member("previous", to_string(*facts.previous));
  return json.end_object().take();
}

std::string placed_gap(Sequence from, Sequence to, const Error& reason) {
  JsonText json;
  json.key("gap").begin_object().member("from", digits_of(from)).member("to", digits_of(to));
  write_reason(json, reason);
  return json.end_object().take();
}

}  // namespace newsd
