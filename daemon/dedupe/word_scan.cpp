#include "daemon/dedupe/word_scan.h"

#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

constexpr std::uint64_t kSeed = 0xCBF29CE484222325u, kPrime = 0x100000001B3u;  // FNV-1a, 64 bits

enum class Kind : std::uint8_t { Other, Lower, Upper, Digit, Stop, Wide };
constexpr std::array<Kind, 256> kinds() {
  std::array<Kind, 256> made{};
  for (unsigned c = 'a'; c <= 'z'; ++c) made[c] = Kind::Lower;
  for (unsigned c = 'A'; c <= 'Z'; ++c) made[c] = Kind::Upper;
  for (unsigned c = '0'; c <= '9'; ++c) made[c] = Kind::Digit;
  for (unsigned c = 0x80; c < 0x100; ++c) made[c] = Kind::Wide;
  for (const char c : {'.', '!', '?', '\n', ':', '"'}) made[static_cast<unsigned char>(c)] = Kind::Stop;
  return made;
}
constexpr std::array<Kind, 256> kKinds = kinds();
Kind kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }
/// Of what ASCII words are made of, letters and digits, the folded byte; 0 of the rest.
constexpr std::array<std::uint8_t, 256> folded_bytes() {
  std::array<std::uint8_t, 256> made{};
  for (unsigned c = 0; c < 256; ++c) {
    if (kKinds[c] == Kind::Lower || kKinds[c] == Kind::Digit) made[c] = static_cast<std::uint8_t>(c);
    if (kKinds[c] == Kind::Upper) made[c] = static_cast<std::uint8_t>(c | 0x20);
  }
  return made;
}
constexpr std::array<std::uint8_t, 256> kFolded = folded_bytes();
/// Adds a run of letters and digits to a hash; where it ends.
const char* hash_run(const char* at, const char* end, std::uint64_t& hash) {
  std::uint64_t sum = hash;
  for (; at != end; ++at) {
    const std::uint8_t folded = kFolded[static_cast<unsigned char>(*at)];
    if (folded == 0) break;
    sum = (sum ^ folded) * kPrime;
  }
  hash = sum;
  return at;
}

bool is_letter(char c) { return kind_of(c) == Kind::Lower || kind_of(c) == Kind::Upper; }

bool is_quote(char32_t c) { return c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0xB4; }
bool ends_sentence(char32_t c) {
  return c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x201C || c == 0x201D || c == 0xAB ||
         c == 0xBB || c == 0x2018 || c == 0x2022 || c == 0x2014;
}
/// Capitals of the scripts that have them, as far as names need it: Latin-1, Greek, Cyrillic, and Latin Extended-A
/// where even characters are the capitals of most pairs.
bool is_wide_capital(char32_t c) {
  return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F) ||
         (c >= 0x100 && c <= 0x137 && c % 2 == 0);
}

class Scan {
 public:
  Scan(std::string_view text, std::uint32_t base, std::vector<ScannedWord>& words)
      : text_(text), base_(base), words_(words) {}
  void run() {
    while (at_ < text_.size()) {
      const Kind kind = kind_of(text_[at_]);
      if (kind == Kind::Lower || kind == Kind::Upper)
        ascii_word();
      else if (kind == Kind::Other)
        ++at_;
      else if (kind == Kind::Stop)
        sentence_ = true, ++at_;
      else if (kind == Kind::Digit)
        number();
      else
        wide();
    }
  }

 private:
  /// The word from `begin` up to here. Written where it stays: a copy would wait for its parts to be written.
  ScannedWord& put(std::size_t begin, std::uint64_t hash) {
    ScannedWord& word = words_.emplace_back();
    word.hash = hash;
    word.at = base_ + static_cast<std::uint32_t>(begin);
    word.bytes = static_cast<std::uint16_t>(std::min<std::size_t>(at_ - begin, UINT16_MAX));
    word.begins_sentence = sentence_;
    sentence_ = false;
    return word;
  }

  void ascii_word() {
    const std::size_t begin = at_;
    std::uint64_t hash = kSeed;
    const char* const end = text_.data() + text_.size();
    const char* at = text_.data() + begin;
    for (;; ++at) {
      at = hash_run(at, end, hash);
      at_ = static_cast<std::size_t>(at - text_.data());
      if (at == end) break;
      if (kind_of(*at) == Kind::Wide && joins_wide()) {
        at_ = begin;
        return wide_word();
      }
      if (!(*at == '\'' && at + 1 != end && is_letter(at[1]))) break;
    }
    put(begin, hash).is_capital = kind_of(text_[begin]) == Kind::Upper;
  }

  /// At a byte beyond ASCII inside a word: whether the word goes on.
  bool joins_wide() const {
    std::size_t next = at_;
    const char32_t c = next_character(text_, next);
    if (is_quote(c)) return next < text_.size() && is_letter(text_[next]);
    return is_word_character(c) && !is_unspaced(c);
  }

  void number() {
    const std::size_t begin = at_;
    std::uint64_t hash = kSeed;
    bool letters = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const Kind kind = kind_of(c);
      const bool digit_follows = at_ + 1 < text_.size() && kind_of(text_[at_ + 1]) == Kind::Digit;
      if (kind == Kind::Digit || kind == Kind::Lower || kind == Kind::Upper) {
        letters |= kind != Kind::Digit;
        hash = (hash ^ static_cast<unsigned char>(kind == Kind::Digit ? c : c | 0x20)) * kPrime;
      } else if (!((c == '.' || c == ',') && digit_follows)) {
        break;
      }
    }
    ScannedWord& word = put(begin, hash);
    word.is_number = !letters;
    const auto is_colon = [this](std::size_t i) { return i < text_.size() && text_[i] == ':'; };
    word.is_clock = (is_colon(at_) && at_ + 1 < text_.size() && kind_of(text_[at_ + 1]) == Kind::Digit) ||
                    (begin >= 2 && is_colon(begin - 1) && kind_of(text_[begin - 2]) == Kind::Digit);
  }

  void wide() {
    std::size_t next = at_;
    const char32_t c = next_character(text_, next);
    if (is_unspaced(c)) {
      const std::size_t begin = at_;
      at_ = next;
      put(begin, (kSeed ^ c) * kPrime);
      return;
    }
    if (is_word_character(c)) return wide_word();
    sentence_ |= ends_sentence(c);
    at_ = next;
  }

  /// A word with characters beyond ASCII in it: found first, then folded as a whole.
  void wide_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      std::size_t next = at_;
      const char32_t c = next_character(text_, next);
      const bool quote_inside = (c == '\'' || is_quote(c)) && next < text_.size() &&
                                (is_letter(text_[next]) || kind_of(text_[next]) == Kind::Wide);
      if ((!is_word_character(c) || is_unspaced(c)) && !quote_inside && !(c >= 0x300 && c <= 0x345)) break;
      at_ = next;
    }
    if (at_ == begin) {  // a mark with no letter before it
      next_character(text_, at_);
      return;
    }
    std::size_t first = begin;
    const char32_t initial = next_character(text_, first);
    put(begin, word_hash(text_.substr(begin, at_ - begin))).is_capital =
        initial < 0x80 ? kind_of(text_[begin]) == Kind::Upper : is_wide_capital(initial);
  }

  std::string_view text_;
  std::uint32_t base_;
  std::vector<ScannedWord>& words_;
  std::size_t at_ = 0;
  bool sentence_ = true;
};

}  // namespace

void scan_words(std::string_view text, std::uint32_t base, std::vector<ScannedWord>& words) {
  Scan(text, base, words).run();
}

std::uint64_t hash_without_ending(std::string_view word) {
  word.remove_suffix(1);  // what stands before the s is not of a word's hash
  return word_hash(word);
}

std::uint64_t word_hash(std::string_view word) {
  thread_local std::string folded;
  fold_for_matching(word, folded);
  std::uint64_t hash = kSeed;
  for (const char c : folded) {
    if (c != '\'') hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  }
  return hash;
}

}  // namespace newsd
