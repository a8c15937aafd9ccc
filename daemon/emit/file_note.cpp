#include "daemon/emit/file_note.h"

#include <charconv>

namespace newsd {
namespace {

/// What stands before the next mark; it is taken off the text. Nothing when there is no mark.
std::optional<std::string_view> take_until(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at + 1);
  return part;
}

std::optional<std::uint64_t> take_number(std::string_view& text) {
  const std::optional<std::string_view> part = take_until(text, ':');
  std::uint64_t number = 0;
  if (!part) return std::nullopt;
  const auto [end, error] = std::from_chars(part->data(), part->data() + part->size(), number);
  if (error != std::errc() || end != part->data() + part->size()) return std::nullopt;
  return number;
}

}  // namespace

std::string FileNote::to_string() const {
  std::string text = std::to_string(place.inode) + ":" + std::to_string(place.offset) + ":" + format + ":";
  for (std::size_t i = 0; i < types.size(); ++i) text += (i == 0 ? "" : ",") + types[i];
  return text + ":" + std::to_string(where.size()) + ":" + where + path;
}

std::optional<FileNote> FileNote::parse(std::string_view text) {
  FileNote note;
  const std::optional<std::uint64_t> inode = take_number(text), offset = inode ? take_number(text) : std::nullopt;
  const std::optional<std::string_view> format = offset ? take_until(text, ':') : std::nullopt;
  std::optional<std::string_view> types = format ? take_until(text, ':') : std::nullopt;
  if (!types) return std::nullopt;
  note.place = FilePlace{*inode, *offset};
  note.format = *format;
  if (!types->empty()) {
    while (std::optional<std::string_view> type = take_until(*types, ',')) note.types.emplace_back(*type);
    note.types.emplace_back(*types);
  }
  const std::optional<std::uint64_t> where = take_number(text);
  if (!where || *where > text.size()) return std::nullopt;
  note.where = text.substr(0, *where);
  note.path = text.substr(*where);
  return note;
}

}  // namespace newsd
