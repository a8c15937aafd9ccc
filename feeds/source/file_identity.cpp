#include "feeds/source/file_identity.h"

#include "feeds/text/utf8.h"

#include <sys/stat.h>

namespace newsd {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::int64_t nanoseconds(const timespec& t) { return std::int64_t{t.tv_sec} * kNanoseconds + t.tv_nsec; }

bool is_unreserved(char c) {  // RFC 3986, 2.3
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void append_percent(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

}  // namespace

FileStamp FileStamp::from(const struct stat& found) {
  FileStamp stamp;
  stamp.device = found.st_dev;
  stamp.inode = found.st_ino;
  stamp.size = static_cast<std::uint64_t>(found.st_size);
  stamp.links = found.st_nlink;
  stamp.modified = nanoseconds(found.st_mtim);
  stamp.changed = nanoseconds(found.st_ctim);
  stamp.type = S_ISREG(found.st_mode)   ? FileType::Regular
               : S_ISDIR(found.st_mode) ? FileType::Directory
                                        : FileType::Other;
  return stamp;
}

bool is_finished_name(std::string_view name) {
  return !name.empty() && !name.starts_with('.') && !name.ends_with(".tmp") && !name.ends_with(".part");
}

std::string drop_key_prefix(std::string_view directory) {
  std::string prefix = "drop:";
  prefix += directory;
  prefix += '\0';
  return prefix;
}

InputKey drop_key(std::string_view prefix, std::string_view name, const FileStamp& stamp) {
  std::string key;
  key.reserve(prefix.size() + name.size() + 64);
  key += prefix;
  key += name;
  key += '\0';
  key += std::to_string(stamp.inode);
  key += ':';
  key += std::to_string(stamp.size);
  key += ':';
  key += std::to_string(stamp.modified);
  key += ':';
  key += std::to_string(stamp.changed);
  return InputKey{std::move(key)};
}

std::string file_uri(std::string_view absolute_path) {
  std::string uri = "file://";
  for (const char c : absolute_path) {
    if (is_unreserved(c) || c == '/') {
      uri += c;
    } else {
      append_percent(uri, c);
    }
  }
  return uri;
}

std::string readable_name(std::string_view name) {
  if (is_valid_utf8(name)) return std::string(name);
  std::string out;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == '%') {
      append_percent(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace newsd
