// What a file output remembers with its cursor (CursorRow::detail): where in which file it stood and how it was
// configured, so that lines written behind that place can be told from events. Text form:
// "<inode>:<offset>:<format>:<type>,<type>…:<bytes of where>:<where><path>". Pure value.
#pragma once

#include "daemon/emit/event_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct FileNote {
  FilePlace place;
  std::string format;
  std::vector<std::string> types;
  std::string where;
  std::string path;
  bool operator==(const FileNote&) const = default;

  std::string to_string() const;
  static std::optional<FileNote> parse(std::string_view text);
};

}  // namespace newsd
