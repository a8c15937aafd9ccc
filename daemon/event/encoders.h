// What stands in the table of encoding.h, each in its own file. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// data.item as it stands in the line, byte for byte.
std::optional<std::string> encode_ninjs(std::string_view line);

/// One object of one level: "data.item.headlines.0.value". Scalars keep their type, an empty object or array stays as
/// it is.
std::optional<std::string> encode_flat(std::string_view line);

/// One line for people, columns two spaces apart: sequence, time of day (UTC), what happened, language, headline,
/// [topics], where from; of events without an article what matters of them. Control characters, terminal escapes and
/// marks that reorder text are neutralised: a headline cannot draw on a terminal.
std::optional<std::string> encode_text(std::string_view line);

}  // namespace newsd
