#include "daemon/stream/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <fstream>

namespace newsd {
namespace {

constexpr std::string_view kAlpn("\x08http/1.1", 9);

/// A client that names protocols is told the one there is; one that names others only is served all the same.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned in_size,
                    void*) {
  unsigned char* chosen = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(kAlpn.data());
  if (SSL_select_next_proto(&chosen, out_size, ours, kAlpn.size(), in, in_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

Error unusable(std::string_view what, const std::filesystem::path& file) {
  return Error(TlsError::Unusable, std::string(what) + ": " + tls_words(), file.string());
}

}  // namespace

std::string_view code_of(TlsError e) { return e == TlsError::Unusable ? "tls-unusable" : "no-handshake"; }

std::string tls_words() {
  std::string words = "no reason was given";
  if (const unsigned long code = ERR_peek_error(); code != 0) {
    const char* const reason = ERR_reason_error_string(code);
    std::array<char, 256> numbers{};
    if (reason == nullptr) ERR_error_string_n(code, numbers.data(), numbers.size());
    words = reason != nullptr ? reason : numbers.data();
  }
  ERR_clear_error();
  return words;
}

Result<TlsContext> server_tls(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return Error(TlsError::Unusable, tls_words());
  SSL_CTX* const tls = context.get();
  SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
  SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // a write is tried again from another copy of the same bytes; an idle connection keeps no buffers
  SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(tls, choose_protocol, nullptr);
  // an encrypted key is an error, not a question on the terminal
  SSL_CTX_set_default_passwd_cb(tls, [](char*, int, int, void*) { return 0; });
  if (SSL_CTX_use_certificate_chain_file(tls, certificate.c_str()) != 1)
    return unusable("no certificate can be read from it", certificate);
  if (SSL_CTX_use_PrivateKey_file(tls, key.c_str(), SSL_FILETYPE_PEM) != 1)
    return unusable("no key for the certificate can be read from it", key);
  if (SSL_CTX_check_private_key(tls) != 1) return unusable("the key is not the certificate's", key);
  return context;
}

}  // namespace newsd
