#include "feeds/http/websub.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace newsd {
namespace {

using std::chrono::seconds;

std::string_view first_of(const std::vector<WebLink>& links, std::string_view relation) {
  const auto found =
      std::find_if(links.begin(), links.end(), [&](const WebLink& link) { return link.has_relation(relation); });
  return found == links.end() ? std::string_view() : std::string_view(found->target);
}

const EVP_MD* digest_named(std::string_view name) {
  if (equal_token(name, "sha1")) return EVP_sha1();
  if (equal_token(name, "sha256")) return EVP_sha256();
  if (equal_token(name, "sha384")) return EVP_sha384();
  if (equal_token(name, "sha512")) return EVP_sha512();
  return nullptr;
}

/// Percent-encodes what is not unreserved (RFC 3986, 2.3), which every reader of forms undoes.
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_letter || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<WebSubOffer> websub_offer(const std::vector<WebLink>& header, const std::vector<WebLink>& feed) {
  const auto named = [&](std::string_view relation) {
    const std::string_view in_header = first_of(header, relation);
    return std::string(in_header.empty() ? first_of(feed, relation) : in_header);
  };
  WebSubOffer offer{named("hub"), named("self")};
  if (offer.hub.empty() || offer.topic.empty()) return std::nullopt;
  return offer;
}

std::string form_of(const WebSubRequest& request) {
  std::string form = "hub.mode=";
  append_encoded(form, request.mode);
  const auto add = [&](std::string_view name, std::string_view value) {
    form += '&';
    form += name;
    form += '=';
    append_encoded(form, value);
  };
  add("hub.topic", request.topic);
  add("hub.callback", request.callback);
  if (request.lease.count() > 0) add("hub.lease_seconds", std::to_string(request.lease.count()));
  if (!request.secret.empty()) add("hub.secret", request.secret);
  return form;
}

seconds bounded_lease(std::optional<std::int64_t> granted) {
  constexpr seconds kDefault = std::chrono::days(10), kMost = std::chrono::days(30);
  return granted ? seconds(std::clamp<std::int64_t>(*granted, 0, kMost.count())) : kDefault;
}

Instant renew_at(Instant granted, seconds lease) {
  constexpr seconds kSoonest = std::chrono::minutes(15);
  return granted + std::max(lease * 4 / 5, kSoonest);
}

bool is_genuine(std::string_view signature, std::string_view secret, std::string_view body) {
  const auto equals = signature.find('=');
  if (equals == std::string_view::npos) return false;
  const EVP_MD* digest = digest_named(signature.substr(0, equals));
  const std::string_view hex = signature.substr(equals + 1);
  if (digest == nullptr || hex.size() != 2 * static_cast<std::size_t>(EVP_MD_get_size(digest))) return false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> claimed{}, computed{};
  for (std::size_t i = 0; i < hex.size() / 2; ++i) {
    const int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    claimed[i] = static_cast<unsigned char>(high * 16 + low);
  }
  unsigned int length = 0;
  if (HMAC(digest, secret.data(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char*>(body.data()),
           body.size(), computed.data(), &length) == nullptr) {
    return false;
  }
  return CRYPTO_memcmp(claimed.data(), computed.data(), length) == 0;
}

}  // namespace newsd
