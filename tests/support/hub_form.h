// What a WebSub hub makes of requests and content, for tests: fields of a form, the signature of a body. Pure.
#pragma once

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>

namespace newsd {

/// The value of a field of a form, decoded; empty when it is not there.
inline std::string form_field(const std::string& form, const std::string& name) {
  const auto at = ("&" + form).find("&" + name + "=");
  std::string value;
  if (at == std::string::npos) return value;
  for (auto i = at + name.size() + 1; i < form.size() && form[i] != '&'; ++i) {
    if (form[i] == '%') {
      value += static_cast<char>(std::stoi(form.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      value += form[i];
    }
  }
  return value;
}

/// The value of X-Hub-Signature.
inline std::string hub_signature(const std::string& secret, const std::string& body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes.data(), &length);
  std::string text = "sha256=";
  for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

}  // namespace newsd
