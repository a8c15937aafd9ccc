#include "daemon/dedupe/content.h"

#include "feeds/text/digest.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace newsd {

namespace {

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// Where a dash that ends a dateline lies: spaces around it, or a long dash.
struct Dash {
  std::size_t begin, end;
};
std::optional<Dash> first_dash(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("—") || rest.starts_with("–")) return Dash{at, at + 3};
    if (text[at - 1] != ' ') continue;
    if (rest.starts_with("-- ")) return Dash{at, at + 2};
    if (rest.starts_with("- ")) return Dash{at, at + 1};
  }
  return std::nullopt;
}

/// The words of what may be a dateline, without the brackets around an agency.
struct DatelineWords {
  std::size_t count = 0;
  bool begins_in_capitals = false, names_agency = false, has_other = false;
};
DatelineWords dateline_words(std::string_view text) {
  DatelineWords words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" /", at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (word.front() == '(') words.names_agency = true;
    while (!word.empty() && (word.front() == '(' || word.front() == '[')) word.remove_prefix(1);
    while (!word.empty() && std::string_view(".,:)]").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    const auto lower = std::count_if(word.begin(), word.end(), is_lower);
    if (words.count == 0) words.begins_in_capitals = word.size() >= 2 && lower == 0 && is_upper(word.front());
    const bool is_name = !word.empty() && (is_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0xC3);
    words.has_other |=
        !word.empty() && !is_name && !std::all_of(word.begin(), word.end(), is_digit) && word != "de" && word != "el";
    ++words.count;
  }
  return words;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view{}
                                         : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// A field as it is compared between versions: white space squeezed, quotation marks and apostrophes straight. Case and
/// punctuation stay: to change them is to edit.
class Comparable {
 public:
  void add(std::string_view field) {
    for (std::size_t at = 0; at < field.size();) {
      // nearly all text: a run of ASCII, with one space before it
      const std::size_t begin = at;
      while (at < field.size() && field[at] > ' ' && field[at] < 0x7F) ++at;
      if (at > begin) {
        end_space();
        out_.append(field, begin, at - begin);
        continue;
      }
      add_character(next_character(field, at));
    }
  }
  /// 0: nothing but space.
  std::uint64_t hash() const {
    if (out_.empty()) return 0;
    const std::uint64_t hash = key128(out_).low;
    return hash == 0 ? 1 : hash;
  }

 private:
  void add_character(char32_t c) {
    if (is_space(c)) {
      space_ = !out_.empty();
      return;
    }
    end_space();
    if (c >= 0x2018 && c <= 0x201B)
      out_ += '\'';
    else if (c >= 0x201C && c <= 0x201F)
      out_ += '"';
    else if (c != 0xAD && c != 0x200B && c != 0xFEFF)
      append_utf8(out_, c);
  }
  void end_space() {
    if (space_) out_ += ' ';
    space_ = false;
  }
  std::string out_;
  bool space_ = false;
};

std::uint64_t hash_of(std::string_view field) {
  Comparable comparable;
  comparable.add(field);
  return comparable.hash();
}

}  // namespace

std::string_view without_dateline(std::string_view paragraph) {
  constexpr std::size_t kLongest = 90, kMostWords = 10;
  paragraph = trimmed(paragraph);
  const auto dash = first_dash(paragraph.substr(0, kLongest));
  if (!dash) return paragraph;
  const DatelineWords words = dateline_words(paragraph.substr(0, dash->begin));
  const bool is_dateline = words.count > 0 && words.count <= kMostWords && !words.has_other &&
                           (words.begins_in_capitals || words.names_agency);
  return is_dateline ? trimmed(paragraph.substr(dash->end)) : paragraph;
}

bool is_byline(std::string_view paragraph) {
  constexpr std::size_t kLongest = 80;
  paragraph = trimmed(paragraph);
  if (paragraph.size() < 5 || paragraph.size() > kLongest || paragraph.back() == '.') return false;
  if (!paragraph.starts_with("By ") && !paragraph.starts_with("BY ")) return false;
  std::size_t lower_words = 0;
  for (std::size_t at = 3; at < paragraph.size();) {
    const std::size_t end = std::min(paragraph.find(' ', at), paragraph.size());
    const std::string_view word = paragraph.substr(at, end - at);
    at = end + 1;
    if (!word.empty() && is_lower(word.front()) && word != "and" && word != "in" && word != "for" && word != "of" &&
        word != "de" && word != "van")
      ++lower_words;
  }
  return lower_words == 0;
}

namespace {

/// The first sentence with its stop, where a word of two letters or more ends it and another follows.
std::string_view opening_sentence(std::string_view text) {
  constexpr std::size_t kLongest = 90;
  for (std::size_t at = 2; at + 1 < std::min(text.size(), kLongest); ++at) {
    if (text[at] == '.' && text[at + 1] == ' ' && text[at - 1] != '.' && text[at - 2] != ' ' && text[at - 2] != '.')
      return text.substr(0, at + 1);
  }
  return {};
}

constexpr std::array<std::string_view, 47> kStampWords{
    "updated", "update",  "published", "posted",    "last",     "modified", "first",  "on",    "at",    "am",
    "pm",      "gmt",     "utc",       "bst",       "est",      "edt",      "cet",    "cest",  "ist",   "et",
    "pt",      "ago",     "min",       "mins",      "minute",   "minutes",  "hour",   "hours", "hrs",   "day",
    "days",    "read",    "views",     "view",      "comments", "comment",  "shares", "share", "likes", "like",
    "reads",   "readers", "followers", "reactions", "times",    "retweets", "sec"};
constexpr std::array<std::string_view, 19> kDateWords{"jan", "feb", "mar", "apr", "may", "jun", "jul",
                                                      "aug", "sep", "oct", "nov", "dec", "mon", "tue",
                                                      "wed", "thu", "fri", "sat", "sun"};

std::string in_lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = is_upper(c) ? static_cast<char>(c | 0x20) : c;
  return lower;
}

/// Nothing but digits and words that stand beside a time or a count, a digit among them.
bool is_stamp(std::string_view text) {
  constexpr std::size_t kLongest = 80, kShortName = 3;
  if (text.empty() || text.size() > kLongest || text.find_first_of("0123456789") == std::string_view::npos)
    return false;
  thread_local std::vector<ScannedWord> words;
  words.clear();
  scan_words(text, 0, words);
  bool has_number = false, has_stamp_word = false;
  for (const ScannedWord& scanned : words) {
    const std::string word = in_lower_case(text.substr(scanned.at, scanned.bytes));
    if (is_digit(static_cast<unsigned char>(word.front()))) {
      has_number = true;
    } else if (std::find(kStampWords.begin(), kStampWords.end(), word) != kStampWords.end()) {
      has_stamp_word = true;
    } else if (word.size() < kShortName ||
               std::find(kDateWords.begin(), kDateWords.end(), word.substr(0, kShortName)) == kDateWords.end()) {
      return false;
    }
  }
  return has_number && has_stamp_word;
}

}  // namespace

bool is_counter(std::string_view paragraph) { return is_stamp(trimmed(paragraph)); }

std::string_view without_opening(std::string_view paragraph) {
  paragraph = trimmed(paragraph);
  for (;;) {
    const std::string_view sentence = opening_sentence(paragraph);
    if (sentence.empty()) break;
    const std::string_view said = sentence.substr(0, sentence.size() - 1);
    if (!is_byline(said) && !is_stamp(said)) break;
    paragraph = trimmed(paragraph.substr(sentence.size()));
  }
  return without_dateline(paragraph);
}

ComparedBody compared_body(const Article& article) {
  ComparedBody body;
  std::size_t bytes = 0;
  for (const std::string& paragraph : article.paragraphs) bytes += paragraph.size() + 1;
  body.text.reserve(bytes);
  constexpr std::size_t kBytesOfWord = 6;  // with the space after it, or a little less
  body.words.reserve(bytes / kBytesOfWord);
  bool at_start = true;
  for (const std::string& paragraph : article.paragraphs) {
    if ((at_start && is_byline(paragraph)) || is_counter(paragraph)) continue;
    const std::string_view said = at_start ? without_opening(paragraph) : std::string_view(paragraph);
    at_start = false;
    body.paragraphs.push_back(static_cast<std::uint32_t>(body.words.size()));
    scan_words(said, static_cast<std::uint32_t>(body.text.size()), body.words);
    body.text.append(said).push_back('\n');
  }
  return body;
}

Key128 content_key(const Article& article, const ComparedBody& body) {
  thread_local std::vector<std::uint64_t> hashes;
  hashes.clear();
  std::size_t words = body.words.size();
  if (words < kFewWords) {
    thread_local std::vector<ScannedWord> scanned;
    for (const std::string_view part : {std::string_view(article.headline), std::string_view(article.summary)}) {
      scanned.clear();
      scan_words(part, 0, scanned);
      for (const ScannedWord& word : scanned) hashes.push_back(word.hash);
      hashes.push_back(0);  // no word: it ends the part
      words += scanned.size();
    }
  }
  if (words == 0) return {};
  for (const ScannedWord& word : body.words) hashes.push_back(word.hash);
  return key128({reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(std::uint64_t)});
}

FieldHashes field_hashes(const Article& article) {
  Comparable byline, body;
  byline.add(article.byline);
  if (article.byline.empty()) {
    for (const std::string& author : article.authors) {
      byline.add(author);
      byline.add("\n");
    }
  }
  for (const std::string& paragraph : article.paragraphs) {
    if (is_counter(paragraph)) continue;
    body.add(paragraph);
    body.add("\n");
  }
  return {hash_of(article.headline), hash_of(article.summary), body.hash(), byline.hash(),
          article.published ? hash_of(article.published->value) : 0};
}

}  // namespace newsd
