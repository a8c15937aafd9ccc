#include "daemon/emit/webhook_message.h"

#include "feeds/text/digest.h"

namespace newsd {
namespace {

constexpr std::size_t kIdDigits = 32;

std::string_view media_type(const Encoding& encoding, bool is_batch) {
  if (encoding.name == "text") return "text/plain; charset=utf-8";
  if (encoding.name != "cloudevents") return "application/json";
  return is_batch ? "application/cloudevents-batch+json; charset=utf-8" : "application/cloudevents+json; charset=utf-8";
}

std::string_view without_newline(const std::string& line) {
  return std::string_view(line).substr(0, line.size() - (line.ends_with('\n') ? 1 : 0));
}

}  // namespace

WebhookMessage webhook_message(std::span<const SharedLine> lines, const Encoding& encoding, bool is_batch,
                               std::string_view place) {
  WebhookMessage message;
  message.type = media_type(encoding, is_batch);
  const bool is_array = is_batch && encoding.name != "text";
  if (is_array) message.body = "[";
  for (const SharedLine& line : lines) {
    if (&line != &lines.front()) message.body += is_array ? ',' : '\n';
    message.body += without_newline(*line);
  }
  if (is_array) message.body += ']';
  std::string hashed(place);
  hashed.append("\n").append(message.body);
  message.id = "msg_" + sha256(hashed).to_hex().substr(0, kIdDigits);
  return message;
}

}  // namespace newsd
