#include "feeds/extract/page_authors.h"

#include "feeds/extract/byline.h"
#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr std::size_t kMostNames = 6, kMostWords = 6, kLongestName = 80;

constexpr auto kNobody = std::to_array<std::string_view>(
    {"admin", "administrator", "staff", "editor", "redaktion", "author", "unknown", "none", "null", "undefined",
     "guest", "webmaster", "anonymous", "about the author", "by", "view profile", "see all", "more", "follow"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a text may be someone's name.
bool is_name(std::string_view text) {
  if (text.size() < 2 || text.size() > kLongestName) return false;
  if (text.find("://") != std::string_view::npos || text.find('@') != std::string_view::npos ||
      text.find("www.") != std::string_view::npos || text.find_first_of("<>{}|=") != std::string_view::npos)
    return false;
  if (std::count_if(text.begin(), text.end(), is_digit) > 2) return false;
  constexpr auto kHosts = std::to_array<std::string_view>({".com", ".de", ".net", ".org", ".co"});
  const std::string folded = fold_for_matching(text);
  if (std::any_of(kHosts.begin(), kHosts.end(), [&](std::string_view host) { return folded.ends_with(host); }))
    return false;
  for (std::string_view lead : {"quelle:", "source:", "foto:", "photo:", "twitter", "facebook", "instagram"}) {
    if (folded.starts_with(lead)) return false;
  }
  if (std::find(kNobody.begin(), kNobody.end(), folded) != kNobody.end()) return false;
  const std::size_t words = count_words(text);
  bool unspaced = true;
  for (char c : text) unspaced &= (c & 0x80) != 0;
  return words > 0 && (words <= kMostWords || unspaced);
}

/// "Anna Bartol (aba)" → "Anna Bartol"
std::string_view without_initials(std::string_view name) {
  name = trimmed(name);
  const auto bracket = name.rfind('(');
  return name.ends_with(')') && bracket != std::string_view::npos && bracket > 3 ? trimmed(name.substr(0, bracket))
                                                                                 : name;
}

/// "신현주 기자" → "신현주": an office behind a name.
std::string_view without_office(std::string_view name) {
  for (std::string_view office : {" 기자", " 특파원", " 논설위원", " 记者", " 記者"}) {
    if (name.ends_with(office) && name.size() > office.size())
      return trimmed(name.substr(0, name.size() - office.size()));
  }
  return name;
}

/// Parts a text of several names at commas, semicolons and words for "and".
std::vector<std::string> names_in(std::string_view text) {
  text = without_office(without_initials(text));
  std::string line = "By " + std::string(trimmed(text));
  if (const auto byline = read_byline(text)) return byline->names;
  if (const auto byline = read_byline(line)) return byline->names;
  std::vector<std::string> out;
  if (is_name(text) && text.find(',') == std::string_view::npos) out.emplace_back(trimmed(text));
  return out;
}

class AuthorFinder {
 public:
  AuthorFinder(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, std::string_view host)
      : tree_(tree), facts_(facts), page_(page) {
    if (host.starts_with("www.")) host.remove_prefix(4);
    host_ = host.substr(0, host.find('.'));
    for (const std::string& name : {facts.site_name, facts.ld.publisher, facts.application}) {
      if (!name.empty()) site_.push_back(fold_for_matching(name));
    }
  }

  PageAuthors find(std::uint32_t headline, std::uint32_t body_end) {
    for (const std::string& name : facts_.ld.authors) add(name, false);
    if (settled("json-ld", 95)) return std::move(out_);
    for (const FoundText& found : facts_.authors) add(found.text, false);
    if (settled("meta", 80)) return std::move(out_);
    from_markup(headline, body_end);
    if (settled("markup", 80)) return std::move(out_);
    from_bylines(headline, body_end);
    if (settled("byline", 75)) return std::move(out_);
    from_signature(body_end);
    if (settled("signature", 60)) return std::move(out_);
    for (const std::string& name : facts_.ld.organisations) add(name, true);
    for (const std::string& name : facts_.ld.authors) add(name, true);
    settled("json-ld", 60);
    return std::move(out_);
  }

 private:
  bool settled(std::string_view how, int confidence) {
    if (out_.names.empty()) return false;
    out_.how = how;
    out_.confidence = confidence;
    if (out_.raw.empty()) {
      for (const std::string& name : out_.names) out_.raw += (out_.raw.empty() ? "" : ", ") + name;
    }
    return true;
  }

  bool is_site(std::string_view name) const {
    const std::string folded = fold_for_matching(name);
    if (host_.size() >= 3 && folded == host_) return true;
    return std::any_of(site_.begin(), site_.end(), [&](const std::string& site) {
      return site == folded || (folded.size() >= 4 && (site.starts_with(folded) || folded.starts_with(site)));
    });
  }

  void add(std::string_view text, bool site_too) {
    for (std::string& name : names_in(text)) {
      if (out_.names.size() >= kMostNames || !is_name(name) || (!site_too && is_site(name))) continue;
      if (std::find(out_.names.begin(), out_.names.end(), name) == out_.names.end())
        out_.names.push_back(std::move(name));
    }
  }

  /// A byline in a cut part of the page belongs to another article, unless it was cut for being a byline.
  bool is_cut(std::uint32_t n) const {
    const auto block =
        std::partition_point(page_.blocks.begin(), page_.blocks.end(), [&](const PageBlock& b) { return b.last < n; });
    if (block == page_.blocks.end() || !block->kind) return false;
    return *block->kind != RemovedKind::Signature && *block->kind != RemovedKind::Social;
  }

  void from_markup(std::uint32_t headline, std::uint32_t body_end) {
    constexpr std::uint32_t kBefore = 150;
    const std::uint32_t from = headline > kBefore ? headline - kBefore : 0;
    for (std::uint32_t n : facts_.bylines) {
      if (n < from || (body_end > 0 && n > body_end + kBefore)) continue;
      if (is_cut(n)) continue;
      const std::string text = tree_.text_of(n);
      if (text.empty() || text.size() > 200) continue;
      const std::string_view itemprop = tree_.attribute(n, HtmlAttr::Itemprop);
      const bool marked = !itemprop.empty() || tree_.attribute(n, HtmlAttr::Rel) == "author";
      const auto byline = read_byline(text);
      if (byline) {
        for (const std::string& name : byline->names) add(name, false);
        if (out_.raw.empty()) out_.raw = byline->raw;
      } else if (marked || (count_words(text) >= 2 && count_words(text) <= 4)) {
        add(text, false);
      }
      if (!out_.names.empty() && !marked) return;
    }
  }

  void from_bylines(std::uint32_t headline, std::uint32_t body_end) {
    std::size_t seen = 0;
    for (const PageBlock& b : page_.blocks) {
      if (b.first < headline || (body_end > 0 && b.first > body_end + 100)) continue;
      if (b.kind && *b.kind != RemovedKind::Signature) continue;
      if (++seen > 200) return;
      if (b.length > 160) continue;
      if (const auto byline = read_byline(b.text)) {
        for (const std::string& name : byline->names) add(name, false);
        out_.raw = byline->raw;
        if (!out_.names.empty()) return;
      }
    }
  }

  /// A name in bold that stands alone below the text.
  void from_signature(std::uint32_t body_end) {
    const auto behind = std::partition_point(page_.blocks.begin(), page_.blocks.end(),
                                             [&](const PageBlock& b) { return b.first < body_end; });
    // the last block of the body, or the one behind it
    for (auto block = behind == page_.blocks.begin() ? behind : behind - 1;
         block != page_.blocks.end() && block <= behind; ++block) {
      const bool signs = !block->kind && block->tag == HtmlTag::P && block->words >= 2 && block->words <= 4 &&
                         block->bold * 10 >= block->length * 9 && block->linked == 0 && !block->ends_sentence;
      const auto byline = signs ? read_byline("By " + block->text) : std::nullopt;
      if (!byline) continue;
      for (const std::string& name : byline->names) add(name, false);
      return;
    }
  }

  const HtmlTree& tree_;
  const PageFacts& facts_;
  const PageBlocks& page_;
  std::vector<std::string> site_;
  std::string_view host_;  ///< "example" of www.example.org
  PageAuthors out_;
};

}  // namespace

PageAuthors page_authors(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page,
                         const PageAuthorPlace& place) {
  return AuthorFinder(tree, facts, page, place.host).find(place.headline, place.body_end);
}

}  // namespace newsd
