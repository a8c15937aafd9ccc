// Bytes of a named character set → UTF-8, by the C library's iconv. Pure, any thread. It decides nothing: charset.h
// does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

struct Transcoded {
  std::string text;            ///< well-formed UTF-8
  std::uint32_t replaced = 0;  ///< sequences that mean nothing in the set, each now U+FFFD
};

/// `unit`: bytes to step over behind a sequence that cannot be read (2 for UTF-16, 4 for UTF-32, else 1). Linear in the
/// input; the output is at most four bytes for each byte of input and a few more. Nothing when iconv does not know the
/// set.
std::optional<Transcoded> transcode(std::string_view bytes, const char* iconv_name, std::size_t unit = 1);

}  // namespace newsd
