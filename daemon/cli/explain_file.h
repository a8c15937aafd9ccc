// `newsd explain FILE`: a text or page, line by line or block by block, with what was kept, what was removed, and by
// which rule. For people in colour, as NDJSON in a pipe.
#pragma once

#include "daemon/cli/console.h"
#include "feeds/article/document.h"
#include "feeds/extract/explain.h"

#include <string>
#include <string_view>

namespace newsd {

/// For people: a line for each part: lines, part or what it was removed as, score, rule, text. Bytes that would steer a
/// terminal are not sent.
std::string text_of(const Explanation& explanation, std::string_view name, const Palette& palette);

/// {"file", "lines": [first, last], "part", "kind"?, "rule", "score", "text"}, a line for each part.
std::string lines_of(const Explanation& explanation, std::string_view name);

/// What explain_file() is to read. name: a path, or "-" for stdin. url: empty, or the address it came from. config,
/// state_dir: of the daemon whose journal tells what was learned of the source; both empty: nothing is asked.
struct ExplainedFile {
  std::string name;
  std::string url;
  Format forced = Format::Unknown;
  std::string config{}, state_dir{};
};

/// Reads the file and writes what it was taken for; the exit status.
int explain_file(const ExplainedFile& file, Console& console);

}  // namespace newsd
