#include "feeds/text/charset.h"

#include "feeds/text/charset_names.h"
#include "feeds/text/transcode.h"
#include "feeds/text/utf8.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace newsd {
namespace {

using namespace std::string_view_literals;

/// uchardet reads about 10 MB a second and is sure long before this.
constexpr std::size_t kDetectionBytes = 64 << 10;
/// With fewer bytes beyond ASCII a statistical guess is worth less than the most common set.
constexpr std::size_t kFewHighBytes = 4;

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};
// UTF-32's mark begins with UTF-16's
constexpr Mark kMarks[] = {{"\xEF\xBB\xBF"sv, "utf-8"},
                           {"\xFF\xFE\0\0"sv, "utf-32le"},
                           {"\0\0\xFE\xFF"sv, "utf-32be"},
                           {"\xFF\xFE"sv, "utf-16le"},
                           {"\xFE\xFF"sv, "utf-16be"}};

Decoded from(std::string_view bytes, const CharsetName& charset, CharsetSource how) {
  Decoded out;
  out.charset.used = charset.name;
  out.charset.how = how;
  if (charset.name == "utf-8") {
    RepairedUtf8 repaired = repair_utf8(bytes);
    out.text = std::move(repaired.text);
    out.charset.replaced = repaired.replaced;
  } else if (auto read = transcode(bytes, charset.iconv_name, charset.unit)) {
    out.text = std::move(read->text);
    out.charset.replaced = read->replaced;
  } else {  // an iconv without this set's module: what is ASCII stays readable
    RepairedUtf8 repaired = repair_utf8(bytes);
    out.charset.used = "utf-8";
    out.charset.how = CharsetSource::Fallback;
    out.text = std::move(repaired.text);
    out.charset.replaced = repaired.replaced;
  }
  return out;
}

/// UTF-16 without a mark: text in it has zero bytes at every space, digit and line end, all at even or all at odd
/// places.
std::optional<std::string_view> utf16_by_zeros(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.size() % 2 != 0) return std::nullopt;
  const std::string_view head = bytes.substr(0, 4096);
  if (head.find('\0') == std::string_view::npos) return std::nullopt;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 2] += head[at] == '\0';
  const std::size_t units = head.size() / 2;
  const auto mostly = [units](std::size_t here, std::size_t there) { return there == 0 && here * 20 >= units; };
  if (mostly(zeros[1], zeros[0])) return "utf-16le";
  if (mostly(zeros[0], zeros[1])) return "utf-16be";
  return std::nullopt;
}

/// UTF-32 without a mark, seen by the markup or letter it begins with.
std::optional<std::string_view> utf32_by_zeros(std::string_view bytes) {
  if (bytes.size() < 8 || bytes.size() % 4 != 0) return std::nullopt;
  if (bytes[0] != 0 && bytes[1] == 0 && bytes.substr(1, 3) == "\0\0\0"sv && bytes.substr(5, 3) == "\0\0\0"sv)
    return "utf-32le";
  if (bytes.substr(0, 3) == "\0\0\0"sv && bytes[3] != 0 && bytes.substr(4, 3) == "\0\0\0"sv) return "utf-32be";
  return std::nullopt;
}

std::size_t count_high(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::count_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
}

/// The set uchardet takes the bytes for; null when it says none or one newsd does not read.
const CharsetName* detected(std::string_view bytes) {
  const auto first_high = std::find_if(bytes.begin(), bytes.end(),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\x1B'; });
  // a long ASCII beginning would use up the sample: begin a little before what there is to learn from
  const auto start = static_cast<std::size_t>(first_high - bytes.begin());
  const std::string_view sample = bytes.substr(start - std::min<std::size_t>(start, 512)).substr(0, kDetectionBytes);
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), uchardet_delete);
  if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return nullptr;
  uchardet_data_end(detector.get());
  return find_charset(uchardet_get_charset(detector.get()));
}

bool is_shift_encoded(std::string_view bytes) {
  return bytes.find("\x1B$") != std::string_view::npos || bytes.find("\x1B(") != std::string_view::npos;
}

/// said_utf8: it is declared as UTF-8, which the bytes are not throughout.
Decoded decode_undeclared(std::string_view bytes, bool said_utf8) {
  static const CharsetName& utf8 = *find_charset("utf-8");
  static const CharsetName& windows = *find_charset("windows-1252");
  RepairedUtf8 repaired = repair_utf8(bytes);
  const bool mostly_utf8 = repaired.multibyte > 2 * std::size_t{repaired.replaced};
  // where it is said, less speaks for it: other sets hardly ever make a character of several bytes
  if (mostly_utf8 || (said_utf8 && repaired.multibyte > 1 && repaired.multibyte >= repaired.replaced)) {
    Decoded out;
    out.text = std::move(repaired.text);
    out.charset = {std::string(utf8.name), "", CharsetSource::Detected, repaired.replaced};
    return out;
  }
  if (count_high(bytes) >= kFewHighBytes || is_shift_encoded(bytes)) {
    const CharsetName* guess = detected(bytes);
    if (guess != nullptr && guess->name != "utf-8" && guess->unit == 1) {
      Decoded out = from(bytes, *guess, CharsetSource::Detected);
      // a set in which one character in fifty means nothing was guessed wrong
      if (std::size_t{out.charset.replaced} * 50 <= count_high(bytes)) return out;
    }
  }
  return from(bytes, windows, CharsetSource::Fallback);
}

Decoded decode_unlabelled(std::string_view bytes, const CharsetName* declared, CharsetSource declared_by) {
  if (const auto utf32 = utf32_by_zeros(bytes)) return from(bytes, *find_charset(*utf32), CharsetSource::Detected);
  if (const auto utf16 = utf16_by_zeros(bytes)) return from(bytes, *find_charset(*utf16), CharsetSource::Detected);
  const bool shifts = is_shift_encoded(bytes);
  if (!shifts && is_valid_utf8(bytes)) {
    const bool said_so = declared != nullptr && declared->name == "utf-8";
    return {std::string(bytes), {"utf-8", "", said_so ? declared_by : CharsetSource::ValidUtf8, 0}};
  }
  if (declared != nullptr && declared->name != "utf-8" &&
      (declared->unit == 1 || bytes.find('\0') != std::string_view::npos)) {
    return from(bytes, *declared, declared_by);
  }
  if (shifts && is_valid_utf8(bytes)) {
    const CharsetName* guess = detected(bytes);
    if (guess != nullptr && guess->name == "iso-2022-jp") return from(bytes, *guess, CharsetSource::Detected);
    return {std::string(bytes), {"utf-8", "", CharsetSource::ValidUtf8, 0}};
  }
  return decode_undeclared(bytes, declared != nullptr && declared->name == "utf-8");
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared, CharsetSource declared_by) {
  const CharsetName* named = find_charset(declared);
  const auto mark =
      std::find_if(std::begin(kMarks), std::end(kMarks), [&](const Mark& m) { return bytes.starts_with(m.bytes); });
  Decoded out = mark == std::end(kMarks)
                    ? decode_unlabelled(bytes, named, declared_by)
                    : from(bytes.substr(mark->bytes.size()), *find_charset(mark->charset), CharsetSource::Bom);
  if (named != nullptr) out.charset.declared = named->name;
  return out;
}

}  // namespace newsd
