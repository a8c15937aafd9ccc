#include "daemon/serve/hub_answer.h"

#include "daemon/serve/http_reader.h"

#include <charconv>

namespace newsd {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";

std::optional<std::int64_t> number_of(const std::string* text) {
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::string token_of(const Target& target) { return target.path.substr(kHubPath.size()); }

}  // namespace

HttpAnswer hub_verification(const Target& target, HubCallbacks& hubs) {
  const auto value = [&](std::string_view name) {
    const std::string* found = target.find(name);
    return found == nullptr ? std::string() : *found;
  };
  HubQuestion question;
  question.token = token_of(target);
  question.mode = value("hub.mode");
  question.topic = value("hub.topic");
  question.challenge = value("hub.challenge");
  question.reason = value("hub.reason");
  question.lease = number_of(target.find("hub.lease_seconds"));
  auto said = hubs.verify(question);
  if (!said) return error_answer(404, said.error());
  return {200, std::string(kText), *std::move(said), {}};
}

HubContent hub_content(const HttpRequest& request, const Target& target) {
  HubContent content;
  content.token = token_of(target);
  content.signature = request.hub_signature;
  content.content_type = request.content_type;
  return content;
}

HttpAnswer hub_thanks() { return {202, std::string(kText), {}, {}}; }

HttpAnswer hub_refusal(const Error& error) {
  unsigned status = 503;
  if (error.is(HubError::Unknown)) status = 410;
  if (error.is(HttpError::BodyTooLarge)) status = 413;
  if (error.is(HttpError::Incomplete)) status = 408;
  if (error.is(HttpError::Malformed)) status = 400;
  HttpAnswer answer = error_answer(status, error);
  if (status == 503) answer.fields.push_back({"Retry-After", "5"});
  return answer;
}

}  // namespace newsd
