// The names of character sets: what documents call them → what newsd reads them as. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace newsd {

/// A character set newsd reads. name: its lower-case IANA name, used in events; iconv_name: what iconv calls the one it
/// is read with.
struct CharsetName {
  std::string_view name;
  const char* iconv_name;
  std::size_t unit;  ///< bytes of its smallest step
};

/// Finds a set by any of its usual labels, in any case, with surrounding white space and quotes. As in the WHATWG
/// Encoding Standard a label means its superset in use: iso-8859-1 and us-ascii are windows-1252, gb2312 and gbk
/// gb18030, shift_jis the code page 932. Null when unknown.
const CharsetName* find_charset(std::string_view label);

}  // namespace newsd
