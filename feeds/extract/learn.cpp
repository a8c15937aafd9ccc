#include "feeds/extract/learn.h"

#include "feeds/extract/line_key.h"
#include "feeds/text/digest.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace newsd {
namespace {

/// Lines an article teaches: those at its ends, where furniture stands. Of the body, and as many around it.
constexpr std::size_t kMostLines = 64;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kRemovedBytes = 300;
/// A line that reads as a sentence is left out when one in so many articles had it, any other line when one in so many.
/// Background is told again in some articles of a source, furniture stands in all.
constexpr std::uint32_t kSentenceOneIn = 2, kFragmentOneIn = 8;
constexpr std::size_t kSentenceLength = 80;

/// Keys of the paragraphs; 0 of one that is not to be learned.
std::vector<std::uint64_t> keys_of(const Article& article) {
  std::vector<std::uint64_t> keys;
  keys.reserve(article.paragraphs.size());
  std::string room;
  const std::uint64_t headline = line_key(article.headline, room), summary = line_key(article.summary, room);
  for (const std::string& paragraph : article.paragraphs) {
    const std::uint64_t key = line_key(paragraph, room);
    keys.push_back(key == headline || key == summary ? 0 : key);
  }
  return keys;
}

/// Of lines that were left out for what they are: in another article the same line may pass for text.
std::vector<std::uint64_t> keys_around(const Article& article) {
  if (!article.left_out.empty()) return article.left_out;
  std::vector<std::uint64_t> keys;
  std::string room;
  const auto add = [&](const Removed& removed) {
    if (removed.kind == RemovedKind::Caption || removed.text.size() >= kRemovedBytes) return;
    if (const std::uint64_t key = line_key(removed.text, room); key != 0) keys.push_back(key);
  };
  std::size_t first = 0, last = article.removed.size();
  while (first < last && keys.size() < kMostLines / 2) add(article.removed[first++]);
  while (first < last && keys.size() < kMostLines) add(article.removed[--last]);
  return keys;
}

void keep_ends(std::vector<std::uint64_t>& keys) {
  std::erase(keys, 0);
  if (keys.size() > kMostLines)
    keys.erase(keys.begin() + kMostLines / 2, keys.end() - static_cast<std::ptrdiff_t>(kMostLines / 2));
}

std::vector<std::uint64_t> taught(std::vector<std::uint64_t> keys, std::vector<std::uint64_t> around) {
  keep_ends(keys);
  keep_ends(around);
  keys.insert(keys.end(), around.begin(), around.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::uint32_t one_in(std::string_view paragraph) {
  const bool sentence = ends_sentence(paragraph) && count_characters(paragraph) >= kSentenceLength;
  return sentence ? kSentenceOneIn : kFragmentOneIn;
}

/// From how many articles each paragraph was learned; empty when none was, or too little would be left.
std::vector<std::uint32_t> find_known(const Article& article, const std::vector<std::uint64_t>& keys,
                                      const SourceKnowledge& known, std::uint32_t enough) {
  std::vector<std::uint32_t> articles(keys.size());
  std::size_t all = 0, left_out = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string& paragraph = article.paragraphs[i];
    all += paragraph.size();
    if (keys[i] == 0) continue;
    articles[i] = known.habit(keys[i], enough, one_in(paragraph));
    if (articles[i] > 0) left_out += paragraph.size();
  }
  if (left_out == 0 || left_out * 2 > all) return {};
  return articles;
}

void leave_out(Article& article, const std::vector<std::uint32_t>& articles) {
  const bool has_lines = article.paragraph_lines.size() == article.paragraphs.size();
  std::vector<std::string> paragraphs;
  std::vector<LineRange> lines;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    std::string& paragraph = article.paragraphs[i];
    const LineRange range = has_lines ? article.paragraph_lines[i] : LineRange{0, 0};
    if (articles[i] > 0) {
      article.removed.push_back(
          {range, RemovedKind::Repeat, std::string(shortened(paragraph, kRemovedBytes)), articles[i]});
      continue;
    }
    paragraphs.push_back(std::move(paragraph));
    if (has_lines) lines.push_back(range);
  }
  article.paragraphs = std::move(paragraphs);
  article.paragraph_lines = std::move(lines);
  std::stable_sort(article.removed.begin(), article.removed.end(),
                   [](const Removed& a, const Removed& b) { return a.lines.first < b.lines.first; });
}

}  // namespace

std::string source_of(const Article& article, const Origin& origin) {
  if (article.url && origin.kind != OriginKind::Feed) {
    std::string_view host = article.url->host();
    if (host.starts_with("www.")) host.remove_prefix(4);
    return "host:" + std::string(host);
  }
  std::string name = std::string(to_string(origin.kind)) + ":" + origin.input;
  if (name.size() <= kLongestName) return name;
  const Key128 key = key128(name);
  name = shortened(name, kLongestName);
  return name + "#" + std::to_string(key.low);
}

Lesson learn(Article& article, std::string source, const SourceKnowledge* known, std::uint32_t enough) {
  std::vector<std::uint64_t> keys = keys_of(article), around = keys_around(article);
  if (known != nullptr) {
    const std::vector<std::uint32_t> articles = find_known(article, keys, *known, enough);
    if (!articles.empty()) leave_out(article, articles);
  }
  return {std::move(source), taught(std::move(keys), std::move(around)), article.container};
}

}  // namespace newsd
