// The configuration on any bytes: it does not crash, every error says where, and what it accepts is shown so that it
// reads back the same.
#include "daemon/config/config.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace newsd;
  const std::filesystem::path file = "/etc/newsd/newsd.toml";
  const auto loaded = parse_config({reinterpret_cast<const char*>(data), size}, file);
  for (const auto& error : loaded.errors) {
    if (error.code.empty() || error.text.empty() || !error.where.starts_with(file.string() + ":")) std::abort();
  }
  if (!loaded.errors.empty()) return 0;
  const auto shown = show_config(loaded.config);
  const auto again = parse_config(shown, file);
  if (!again.errors.empty() || show_config(again.config) != shown) std::abort();
  if (again.config.fingerprint() != loaded.config.fingerprint()) std::abort();
  return 0;
}
