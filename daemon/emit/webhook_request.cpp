#include "daemon/emit/webhook_request.h"

#include "daemon/config/secret_file.h"
#include "feeds/http/webhook_signature.h"

#include <utility>

namespace newsd {

Result<std::string> signing_key_of(const OutputConfig& config) {
  if (config.secret_file.empty()) return std::string();
  const Result<std::string> secret = read_secret(config.secret_file);
  if (!secret) return secret.error();
  std::optional<std::string> bytes = webhook_key(*secret);
  if (!bytes) return Error(ConfigError::OutOfRange, "what follows whsec_ is no base64", config.secret_file.string());
  return *std::move(bytes);
}

FetchRequest webhook_request(const OutputConfig& config, std::string_view authorization, std::string_view key,
                             WebhookMessage message, Instant now) {
  FetchRequest request;
  request.url = request.authorized_url = config.url;
  request.authorization = authorization;
  request.timeout = config.timeout;
  PostContent content{std::move(message.type), std::move(message.body), {}};
  content.header.push_back({"webhook-id", message.id});
  content.header.push_back({"webhook-timestamp", webhook_timestamp(now)});
  if (!key.empty())
    content.header.push_back({"webhook-signature", webhook_signature(key, message.id, now, content.body)});
  request.post = std::move(content);
  return request;
}

}  // namespace newsd
