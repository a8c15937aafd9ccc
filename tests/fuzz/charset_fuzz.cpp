// Character sets, whatever the bytes and whatever they are called: the text is well-formed UTF-8 and no longer than the
// bytes allow, a name is always told, the same bytes give the same text, and a long text in a set of single bytes is
// what its pieces are. The first byte picks the label.
#include "feeds/text/charset.h"
#include "feeds/text/charset_names.h"
#include "feeds/text/transcode.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

constexpr auto kLabels = std::to_array<std::string_view>(
    {"", "utf-8", "utf-16", "us-ascii", "windows-1251", "windows-1252", "koi8-r", "iso-8859-7", "windows-874", "gb2312",
     "big5", "shift_jis", "iso-2022-jp", "euc-kr", "windows-1255", "windows-1258", "no such set"});
constexpr auto kSingleBytes =
    std::to_array<std::string_view>({"windows-1251", "windows-1252", "koi8-r", "iso-8859-7", "windows-874"});

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Converted in pieces of a kilobyte, which are too short for a table to be made.
Transcoded in_pieces(std::string_view bytes, const CharsetName& set) {
  constexpr std::size_t kPiece = 1024;
  Transcoded out;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    const auto piece = transcode(bytes.substr(0, kPiece), set.iconv_name, set.unit);
    out.text += piece->text;
    out.replaced += piece->replaced;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view label = kLabels[data[0] % kLabels.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Decoded decoded = decode(bytes, label);
  require(is_valid_utf8(decoded.text), "the text is not UTF-8");
  require(decoded.text.size() <= 4 * bytes.size() + 16, "more text than the bytes can hold");
  require(decoded.charset.replaced <= bytes.size(), "more was replaced than there is");
  require(find_charset(decoded.charset.used) != nullptr, "a set nobody knows was used");
  const Decoded again = decode(bytes, label);
  require(again.text == decoded.text && again.charset == decoded.charset, "the same bytes, another text");
  if (std::find(kSingleBytes.begin(), kSingleBytes.end(), label) != kSingleBytes.end()) {
    const CharsetName& set = *find_charset(label);
    const auto whole = transcode(bytes, set.iconv_name, set.unit);
    const Transcoded pieces = in_pieces(bytes, set);
    require(whole && whole->text == pieces.text && whole->replaced == pieces.replaced, "a long text read otherwise");
  }
  return 0;
}
