// Files named on the command line → Documents. Reads whatever can be opened (a pipe, too), never more than one byte
// beyond the limit. Any thread.
#pragma once

#include "feeds/article/document.h"
#include "feeds/article/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Codes: "not-found", "unreadable".
enum class InputFileError { NotFound, Unreadable };
std::string_view code_of(InputFileError e);

/// What is to be read, as asked for. name: a path, or "-" for stdin.
struct InputFile {
  std::string name;
  std::optional<Url> url = {};
  std::string content_type = {}, content_location = {},
              content_language = {};  ///< header values it was served with, verbatim
  bool operator==(const InputFile&) const = default;
};

/// A document, and why it has no bytes if it has none.
struct OpenedInput {
  Document document;
  std::optional<Error> refused;
};

/// The bytes alone, of which there are max_bytes + 1 when there are more. in: the descriptor of stdin.
Result<std::string> read_input(const std::string& name, std::uint64_t max_bytes, int in);

/// A document longer than max_bytes comes with max_bytes + 1 bytes: the reader refuses it. in: the descriptor of stdin.
OpenedInput open_input(const InputFile& file, std::uint64_t max_bytes, Format forced, int in);

/// {"file", "url"?, "headers"?} lines: the files of --requests, with the context they were served with.
struct Requests {
  std::vector<InputFile> files;
  std::vector<std::string> errors;    ///< of lines that ask for nothing: "line 3: …"
  std::vector<std::string> warnings;  ///< of addresses that are none: the file is read without
};
Requests parse_requests(std::string_view text);

}  // namespace newsd
