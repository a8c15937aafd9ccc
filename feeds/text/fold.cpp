#include "feeds/text/fold.h"

#include "feeds/text/eight_bytes.h"
#include "feeds/text/fold_tables.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace newsd {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x345; }

/// base + mark as one character, 0 when there is none.
char32_t composed(char32_t base, char32_t mark) {
  const auto table = compositions();
  const auto before = [](const Composition& c, const std::pair<char32_t, char32_t>& key) {
    return std::pair<char32_t, char32_t>(c.base, c.mark) < key;
  };
  const auto found = std::lower_bound(table.begin(), table.end(), std::pair(base, mark), before);
  return found != table.end() && found->base == base && found->mark == mark ? found->composed : 0;
}

char32_t case_folded(char32_t c) {
  const auto table = case_ranges();
  auto range = std::upper_bound(table.begin(), table.end(), c,
                                [](char32_t value, const CaseRange& r) { return value < r.first; });
  if (range == table.begin()) return c;
  --range;
  if (c > range->last || (c - range->first) % static_cast<char32_t>(range->stride) != 0) return c;
  return static_cast<char32_t>(static_cast<int>(c) + range->delta);
}

/// Punctuation and spaces that writers and systems use for one another; 0: drop it.
char32_t plain(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x00B4:
    case '`':
    case 0x2039:
    case 0x203A:
    case 0x02BC:
    case 0xFF07: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
    case 0x300C:
    case 0x300D:
    case 0xFF02: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFF0D: return '-';
    case 0x00A0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0x2028:
    case 0x2029:
    case 0x0085: return ' ';
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF: return 0;
    default: return c >= 0x2000 && c <= 0x200A ? U' ' : c;
  }
}

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr std::array<char, 0x80> kFoldedAscii = [] {
  std::array<char, 0x80> folded{};
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = static_cast<char>(i);
    folded[i] = is_space(c) ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '`' ? '\'' : c;
  }
  return folded;
}();

/// Puts characters behind one another, spaces squeezed. They gather in a buffer: appending them one by one is what
/// folding would spend its time on.
class Folded {
 public:
  explicit Folded(std::string& out) : out_(out) { out_.clear(); }
  Folded(const Folded&) = delete;
  Folded& operator=(const Folded&) = delete;
  ~Folded() { flush(); }

  void put_ascii(char c) {
    if (is_space(c)) {
      space_ = used_ > 0 || !out_.empty();
      return;
    }
    make_room();
    buffer_[used_++] = kFoldedAscii[static_cast<unsigned char>(c)];
  }
  /// The same of many, without asking of each whether it is a space.
  void put_ascii(std::string_view run) {
    flush();
    const std::size_t begin = out_.size();
    out_.resize(begin + run.size() + 1);
    char* to = out_.data() + begin;
    char last = begin == 0 ? ' ' : 'x';  // as if a space stood before the first
    if (space_) *to++ = last = ' ';
    for (std::size_t at = 0; at < run.size();) {
      if (at + EightBytes::kSize <= run.size() && put_eight(run.data() + at, last, to)) {
        at += EightBytes::kSize;
        continue;
      }
      const char folded = kFoldedAscii[static_cast<unsigned char>(run[at++])];
      *to = folded;
      to += static_cast<int>((folded != ' ') | (last != ' '));
      last = folded;
    }
    auto end = static_cast<std::size_t>(to - out_.data());
    space_ = end > begin && last == ' ';
    out_.resize(end - (space_ ? 1 : 0));
  }
  void put(char32_t c) {
    if (c < 0x80) return put_ascii(static_cast<char>(c));
    make_room();
    flush();
    append_utf8(out_, c);
  }

 private:
  /// Eight characters of which nothing but the capitals changes: most text.
  static bool put_eight(const char* bytes, char& last, char*& to) {
    const EightBytes eight = EightBytes::at(bytes);
    if (!eight.are_printable() || eight.have('`') || eight.have_twice(' ') || (last == ' ' && *bytes == ' '))
      return false;
    eight.lower().put(to);
    to += EightBytes::kSize;
    last = bytes[EightBytes::kSize - 1];
    return true;
  }
  /// For a space that waits and one more byte.
  void make_room() {
    if (used_ + 2 > buffer_.size()) flush();
    if (space_) buffer_[used_++] = ' ';
    space_ = false;
  }
  void flush() {
    out_.append(buffer_.data(), used_);
    used_ = 0;
  }

  std::string& out_;
  std::array<char, 256> buffer_;
  std::size_t used_ = 0;
  bool space_ = false;
};

void put_folded(Folded& out, char32_t c) {
  if (c < 0x80) return out.put_ascii(static_cast<char>(c));
  c = plain(c);
  if (c == 0) return;
  if (c == 0x2026) {
    for (int i = 0; i < 3; ++i) out.put('.');
  } else if (c == 0xDF || c == 0x1E9E) {
    out.put('s');
    out.put('s');
  } else {
    out.put(case_folded(c));
  }
}

}  // namespace

void fold_for_matching(std::string_view text, std::string& out) {
  Folded folded(out);
  char32_t held = 0;  // the last character, which a mark may still change
  for (std::size_t at = 0; at < text.size();) {
    // nearly all text: ASCII characters with another behind them, so no mark that would change one
    if (held == 0 && is_ascii(text[at])) {
      std::size_t end = ascii_end(text, at);
      if (end < text.size()) --end;  // what stands behind the last may be a mark
      if (end > at) {
        folded.put_ascii(text.substr(at, end - at));
        at = end;
        continue;
      }
    }
    const char32_t c = next_character(text, at);
    if (is_mark(c) && held != 0) {
      if (const char32_t both = composed(held, c)) {
        held = both;
        continue;
      }
    }
    if (held != 0) put_folded(folded, held);
    held = c;
    if (at < text.size() && is_ascii(text[at])) {
      put_folded(folded, held);
      held = 0;
    }
  }
  if (held != 0) put_folded(folded, held);
}

std::string fold_for_matching(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  fold_for_matching(text, out);
  return out;
}

}  // namespace newsd
