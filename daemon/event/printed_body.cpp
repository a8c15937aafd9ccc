#include "daemon/event/printed_body.h"

#include "daemon/event/json_walk.h"
#include "daemon/event/payload.h"

#include <string_view>
#include <utility>

namespace newsd {
namespace {

/// The third line of a payload's content: the members of the item that only a full event has.
std::string_view members_of_full(std::string_view content) {
  for (int line = 1; line < 3; ++line) {
    const std::size_t end = content.find('\n');
    if (end == std::string_view::npos) return {};
    content.remove_prefix(end + 1);
  }
  return content;
}

}  // namespace

Result<std::string> printed_body(const Record& record) {
  const std::string where = "event " + digits_of(record.sequence);
  if (record.type != EventType::ArticleNew && record.type != EventType::ArticleUpdated)
    return Error(EventError::BadRecord, "an event of this type has no body", where);
  std::string unpacked_here;
  if (record.content.empty()) {
    Result<std::string> content = unpacked(record.payload);
    if (!content) return Error(EventError::BadPayload, content.error().text, where);
    unpacked_here = *std::move(content);
  }
  const std::string_view members = members_of_full(record.content.empty() ? unpacked_here : record.content);
  std::string body;
  if (members.empty()) return body;
  std::string object = "{";
  object.append(members) += '}';
  const bool is_json = walk_json(object, [&](const JsonLeaf& leaf) {
    if (leaf.path == "bodies.0.value") body = leaf.text;
  });
  if (!is_json) return Error(EventError::BadPayload, "the payload's third line is no members", where);
  return body;
}

}  // namespace newsd
