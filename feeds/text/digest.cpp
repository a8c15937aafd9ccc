#include "feeds/text/digest.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <cstdlib>

namespace newsd {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> digest(std::string_view bytes, const EVP_MD* kind) {
  std::array<std::uint8_t, N> out{};
  unsigned size = 0;
  // it can only fail for want of memory, or in a libcrypto without the digest: then no identity newsd makes is worth
  // anything
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) != 1 || size != N) std::abort();
  return out;
}

}  // namespace

Sha256 sha256(std::string_view bytes) { return {digest<32>(bytes, EVP_sha256())}; }

std::array<std::uint8_t, 20> sha1(std::string_view bytes) { return digest<20>(bytes, EVP_sha1()); }

Key128 key128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

}  // namespace newsd
