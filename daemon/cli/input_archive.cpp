#include "daemon/cli/input_archive.h"

#include "feeds/text/digest.h"

#include <charconv>
#include <fstream>
#include <iterator>

namespace newsd {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> content_if(const fs::path& path, std::uint64_t size, std::string_view sha256_hex) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) != size || error) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size)) || sha256(bytes).to_hex() != sha256_hex)
    return std::nullopt;
  return bytes;
}

}  // namespace

std::optional<fs::path> path_of_file_uri(std::string_view uri) {
  constexpr std::string_view kStart = "file:///";
  if (!uri.starts_with(kStart)) return std::nullopt;
  uri.remove_prefix(kStart.size() - 1);
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    unsigned char byte = 0;
    if (uri[i] != '%') {
      path += uri[i];
    } else if (i + 2 < uri.size() &&
               std::from_chars(uri.data() + i + 1, uri.data() + i + 3, byte, 16).ptr == uri.data() + i + 3) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  return path;
}

std::optional<std::string> InputArchive::find(const fs::path& path, std::uint64_t size, std::string_view sha256_hex) {
  const auto done = path.parent_path() / "done";
  for (const auto& place : {path, done / path.filename()}) {
    if (auto bytes = content_if(place, size, sha256_hex)) return bytes;
  }
  const auto [first, last] = folder(done).equal_range(size);  // it may have got another name there
  for (auto at = first; at != last; ++at) {
    if (auto bytes = content_if(at->second, size, sha256_hex)) return bytes;
  }
  return std::nullopt;
}

const InputArchive::BySize& InputArchive::folder(const fs::path& path) {
  const auto [at, is_new] = folders_.try_emplace(path);
  if (!is_new) return at->second;
  std::error_code error;
  for (auto entry = fs::directory_iterator(path, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    std::error_code gone;  // between listing and looking
    const auto size = entry->file_size(gone);
    if (!gone) at->second.emplace(size, entry->path());
  }
  return at->second;
}

}  // namespace newsd
