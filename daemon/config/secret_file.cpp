#include "daemon/config/secret_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace newsd {

Result<std::string> read_secret(const std::filesystem::path& file) {
  std::error_code ec;
  if (std::filesystem::is_directory(file, ec))
    return Error(ConfigError::Unreadable, "is a directory; a secret is the first line of a file", file.string());
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text(kSecretMost + 1, '\0');
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad())
    return Error(ConfigError::Unreadable, fmt::format("cannot be read: {}", std::strerror(errno)), file.string());
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kSecretMost)
    return Error(ConfigError::OutOfRange, fmt::format("a secret's file has at most {} bytes", kSecretMost),
                 file.string());
  text.resize(std::min(text.find('\n'), text.size()));
  constexpr auto kBlank = " \t\r";
  text.erase(0, std::min(text.find_first_not_of(kBlank), text.size()));
  text.erase(text.find_last_not_of(kBlank) + 1);
  if (text.size() < kSecretLeast)
    return Error(ConfigError::OutOfRange, fmt::format("a secret has at least {} characters", kSecretLeast),
                 file.string());
  return text;
}

bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    differing |= static_cast<unsigned>(static_cast<unsigned char>(a[i] ^ b[i]));
  return differing == 0;
}

}  // namespace newsd
