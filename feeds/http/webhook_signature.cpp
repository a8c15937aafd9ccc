#include "feeds/http/webhook_signature.h"

#include "feeds/text/base64.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace newsd {

std::optional<std::string> webhook_key(std::string_view secret) {
  constexpr std::string_view kPrefix = "whsec_";
  if (!secret.starts_with(kPrefix)) return std::string(secret);
  const std::string_view encoded = secret.substr(kPrefix.size());
  return encoded.empty() ? std::nullopt : from_base64(encoded);
}

std::string webhook_timestamp(Instant sent) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(sent).time_since_epoch().count());
}

std::string webhook_signature(std::string_view key, std::string_view id, Instant sent, std::string_view body) {
  std::string signed_text(id);
  signed_text.append(".").append(webhook_timestamp(sent)).append(".").append(body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  // it can only fail for want of memory, or in a libcrypto without the digest: an unsigned message must not go out
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(), bytes.data(),
           &length) == nullptr) {
    std::abort();
  }
  return "v1," + base64({reinterpret_cast<const char*>(bytes.data()), length});
}

}  // namespace newsd
