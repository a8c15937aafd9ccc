// A secret that the configuration names by its file (`token_file`): a systemd credential, or a file only newsd can
// read. Reads the disk; called when what needs the secret starts.
#pragma once

#include "daemon/config/config.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace newsd {

inline constexpr std::size_t kSecretLeast = 16, kSecretMost = 4096;  ///< bytes

/// The file's first line, without white space around it. ConfigError::Unreadable when it cannot be read, OutOfRange
/// when it is shorter than kSecretLeast or the file longer than kSecretMost; the error never holds the secret.
Result<std::string> read_secret(const std::filesystem::path& file);

/// Whether they are the same. How long it takes tells nothing but the length.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace newsd
