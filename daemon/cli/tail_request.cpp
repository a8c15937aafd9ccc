#include "daemon/cli/tail_request.h"

#include "daemon/cli/position.h"
#include "daemon/event/json_text.h"

#include <fmt/format.h>

namespace newsd {
namespace {

constexpr unsigned kLastByDefault = 10;  // what tail(1) shows

}  // namespace

Result<std::string> tail_request(const TailWish& wish, Instant now) {
  if (wish.last && !wish.since.empty()) return Error(StreamError::BadRequest, "-n and --since exclude each other");
  JsonText request;
  request.begin_object();
  if (!wish.since.empty()) {
    const auto from = parse_position(wish.since, now);
    if (!from)
      return Error(StreamError::BadRequest, fmt::format("--since must be {}; not \"{}\"", kPositionForms, wish.since));
    request.member("from", position_text(*from));
  } else if (const auto last = wish.last.value_or(kLastByDefault); last > 0) {
    request.key("last").integer(last);
  } else {
    request.member("from", "latest");
  }
  if (!wish.types.empty()) {
    request.key("types").begin_array();
    for (const auto& type : wish.types) request.string(type);
    request.end_array();
  }
  request.member_if("where", wish.where).member("format", "cloudevents").end_object();
  auto line = request.take();
  if (const auto parsed = parse_client_line(line); !parsed) return parsed.error();
  return line;
}

std::string sequence_in(std::string_view line) {
  constexpr std::string_view kKey = "\"sequence\":\"";  // quotes inside strings are escaped: this is a key
  const auto at = line.find(kKey);
  if (at == std::string_view::npos) return {};
  auto digits = line.substr(at + kKey.size());
  digits = digits.substr(0, digits.find('"'));
  const auto first = digits.find_first_not_of('0');
  return std::string(first == std::string_view::npos ? "0" : digits.substr(first));
}

}  // namespace newsd
