#include "daemon/cli/model_files.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/input_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace newsd {
namespace {

constexpr std::uint64_t kMostBytes = 8ull << 30;

}  // namespace

std::optional<std::string> file_bytes(const std::string& name, Console& console, int& status) {
  OpenedInput opened = open_input({name, {}, {}}, kMostBytes, Format::Unknown, console.in());
  if (!opened.refused) return std::move(opened.document.bytes);
  console.say(*opened.refused);
  status = kExitBadInput;
  return std::nullopt;
}

std::optional<std::vector<LabelledRow>> rows_of_file(const std::string& name, Console& console, int& status) {
  const auto bytes = file_bytes(name, console, status);
  if (!bytes) return std::nullopt;
  auto rows = read_labelled_rows(*bytes, name);
  if (rows) return std::move(*rows);
  console.say(rows.error());
  status = kExitBadInput;
  return std::nullopt;
}

std::optional<std::vector<MarkedSentence>> sentences_of_file(const std::string& name, Console& console, int& status) {
  const auto bytes = file_bytes(name, console, status);
  if (!bytes) return std::nullopt;
  auto sentences = read_marked_sentences(*bytes, name);
  if (sentences) return std::move(*sentences);
  console.say(sentences.error());
  status = kExitBadInput;
  return std::nullopt;
}

bool write_file(const std::filesystem::path& path, std::string_view bytes, Console& console, int& status) {
  auto beside = path;
  beside += ".part";
  errno = 0;
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  if (!out) {
    console.say(fmt::format("{}: cannot be written: {}", beside.string(), std::strerror(errno)));
    status = kExitCannotCreate;
    return false;
  }
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, path, error);
  if (out && !error) return true;
  console.say(fmt::format("{}: cannot be written: {}", path.string(), error ? error.message() : std::strerror(errno)));
  std::error_code ignored;  // what is left of it does no harm
  std::filesystem::remove(beside, ignored);
  status = kExitIo;
  return false;
}

}  // namespace newsd
