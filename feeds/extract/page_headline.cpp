#include "feeds/extract/page_headline.h"

#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace newsd {
namespace {

constexpr auto kSeparators = std::to_array<std::string_view>(
    {" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", "｜", " ‹ ", " > ", "_", "ㅣ", "："});

/// Letters and digits alone, folded: what titles are compared by.
std::string bare(std::string_view text) {
  const std::string folded = fold_for_matching(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    if (is_word_character(next_character(folded, at))) out += folded.substr(begin, at - begin);
  }
  return out;
}

/// "www.news-example.co.uk" → "newsexample": the longest label.
std::string main_label(std::string_view host) {
  std::string best;
  while (!host.empty()) {
    const auto dot = std::min(host.find('.'), host.size());
    std::string label = bare(host.substr(0, dot));
    if (label != "www" && label.size() > best.size()) best = std::move(label);
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return best;
}

bool names_site(std::string_view part, std::string_view site, std::string_view label) {
  const std::string name = bare(part);
  if (name.empty()) return true;
  if (!site.empty() && (name == site || (name.size() >= 3 && site.find(name) != std::string::npos) ||
                        (site.size() >= 4 && name.find(site) != std::string::npos && count_words(part) <= 6)))
    return true;
  return label.size() >= 3 && (name == label || (name.size() >= 4 && label.find(name) != std::string::npos) ||
                               (name.starts_with(label) && name.size() <= label.size() + 4) ||
                               (label.size() >= 4 && name.find(label) != std::string::npos && count_words(part) <= 6));
}

struct Cut {
  std::size_t at = std::string_view::npos, size = 0;
};

Cut last_separator(std::string_view title) {
  Cut best;
  for (std::string_view separator : kSeparators) {
    const auto at = title.rfind(separator);
    if (at != std::string_view::npos && (best.at == std::string_view::npos || at > best.at))
      best = {at, separator.size()};
  }
  return best;
}

struct Candidate {
  std::string text, bare;
  std::string_view how;
  double score = 0;
  std::uint32_t node = 0;
};

bool is_part(const std::string& a, const std::string& b) {
  return std::min(a.size(), b.size()) >= 8 && (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
}

/// Whether one of the two is the other or most of it.
bool is_most_of(const std::string& a, const std::string& b) {
  return std::min(a.size(), b.size()) * 2 > std::max(a.size(), b.size()) && is_part(a, b);
}

/// The h1 that stands last before the body, if there are several: mastheads use h1 too.
std::uint32_t heading_before(const HtmlTree& tree, const PageFacts& facts, std::uint32_t before,
                             const std::vector<Candidate>& others) {
  std::uint32_t found = 0;
  for (std::uint32_t node : facts.headings) {
    const std::string text = bare(tree.text_of(node));
    if (text.empty()) continue;
    const bool agrees =
        std::any_of(others.begin(), others.end(), [&](const Candidate& other) { return is_most_of(text, other.bare); });
    if (agrees) return node;
    if (node < before || found == 0) found = node;
  }
  return found;
}

/// Whether a third of the shorter one's letters, in runs of six, stand in the other too.
bool shares_words(std::string_view a, std::string_view b) {
  const std::string first = bare(a), second = bare(b);
  const std::string &shorter = first.size() < second.size() ? first : second,
                    &longer = first.size() < second.size() ? second : first;
  std::size_t runs = 0, shared = 0;
  for (std::size_t i = 0; i + 6 <= shorter.size(); i += 3, ++runs)
    shared += longer.find(shorter.substr(i, 6)) != std::string::npos;
  return runs == 0 ? longer.find(shorter) != std::string::npos : shared * 3 >= runs;
}

/// "Storm hits coast-Weather" on a page whose section is Weather.
std::string without_section(std::string title, std::string_view section) {
  for (const char mark : {'-', '|'}) {
    const std::string end = mark + std::string(trimmed(section));
    if (end.size() > 1 && title.size() > end.size() && title.ends_with(end))
      return std::string(trimmed(std::string_view(title).substr(0, title.size() - end.size())));
  }
  return title;
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  const std::string name = bare(site), label = main_label(host);
  std::string_view rest = trimmed(title);
  for (;;) {
    const Cut cut = last_separator(rest);
    if (cut.at == std::string_view::npos || !names_site(rest.substr(cut.at + cut.size), name, label)) break;
    const std::string_view shorter = trimmed(rest.substr(0, cut.at));
    if (shorter.empty()) break;
    rest = shorter;
  }
  for (std::string_view separator : kSeparators) {
    const auto at = rest.find(separator);
    if (at == std::string_view::npos || at > 60 || !names_site(rest.substr(0, at), name, label)) continue;
    const std::string_view shorter = trimmed(rest.substr(at + separator.size()));
    if (!shorter.empty()) return std::string(shorter);
  }
  return std::string(rest);
}

PageHeadline page_headline(const HtmlTree& tree, const PageFacts& facts, std::string_view host, std::uint32_t before) {
  const std::string& site = !facts.site_name.empty() ? facts.site_name : facts.ld.publisher;
  const std::string& section = !facts.section.empty() ? facts.section : facts.ld.section;
  std::vector<Candidate> candidates;
  const auto add = [&](std::string_view text, std::string_view how, double score, std::uint32_t node = 0) {
    std::string cleaned =
        how == "h1" ? std::string(trimmed(text)) : without_section(without_site(text, site, host), section);
    std::string letters = bare(cleaned);
    if (letters.empty() || cleaned.size() > 600) return;
    candidates.push_back({std::move(cleaned), std::move(letters), how, score, node});
  };
  add(facts.ld.headline, "json-ld", 1.6);
  if (facts.ld.headline.empty()) add(facts.meta_title, "meta", 1.6);
  add(facts.og_title, "og:title", 1.4);
  add(facts.twitter_title, "twitter:title", 1.2);
  add(facts.title, "title", 1.1);
  if (const std::uint32_t node = heading_before(tree, facts, before, candidates); node != 0)
    add(tree.text_of(node), "h1", 2.6, node);
  for (Candidate& a : candidates) {
    for (const Candidate& b : candidates) {
      if (&a == &b) continue;
      a.score += a.bare == b.bare ? 1.0 : is_part(a.bare, b.bare) ? 0.4 : 0;
    }
    // an h1 that shares nothing with what all others say heads something else
    const bool alone = std::none_of(candidates.begin(), candidates.end(),
                                    [&](const Candidate& b) { return &a != &b && shares_words(a.text, b.text); });
    if (a.how == "h1" && alone && candidates.size() > 2) a.score -= 2;
    // a section's or the site's name
    if (a.how == "h1" && a.score < 2.7 && candidates.size() > 1 && count_words(a.text) <= 3) a.score -= 2;
    if (names_site(a.text, bare(site), main_label(host)) && count_words(a.text) <= 4) a.score -= 3;
  }
  const auto best = std::max_element(candidates.begin(), candidates.end(),
                                     [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
  if (best == candidates.end()) return {};
  return {best->text, best->how, std::clamp(static_cast<int>(55 + 10 * best->score), 40, 99), best->node};
}

}  // namespace newsd
