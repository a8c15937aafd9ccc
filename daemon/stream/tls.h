// TLS for those who listen: a certificate and its key, read from files, → what connections are accepted with. TLS 1.2
// at least, no renegotiation, no compression. Any thread; reads files.
#pragma once

#include "feeds/article/result.h"

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace newsd {

/// Unusable: a file that cannot be read or holds something else, or a key that belongs to another certificate.
/// NoHandshake: with this peer there is no TLS.
enum class TlsError { Unusable, NoHandshake };
std::string_view code_of(TlsError e);

/// Shared by all connections accepted with it; they keep it when it is replaced.
using TlsContext = std::shared_ptr<SSL_CTX>;

/// certificate: PEM, the server's own first, then those that signed it. key: PEM, not encrypted. The error names the
/// file.
Result<TlsContext> server_tls(const std::filesystem::path& certificate, const std::filesystem::path& key);

/// What OpenSSL says went wrong last on this thread, in words; empties its queue.
std::string tls_words();

}  // namespace newsd
