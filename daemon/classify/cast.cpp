#include "daemon/classify/cast.h"

#include "daemon/classify/name_spans.h"

#include <algorithm>

namespace newsd {
namespace {

bool is_family_first(std::string_view code) {
  return code == "CHN" || code == "KOR" || code == "PRK" || code == "TWN" || code == "VNM" || code == "HKG";
}

std::string_view last_word(std::string_view name) { return name.substr(name.rfind(' ') + 1); }
std::string_view first_word(std::string_view name) { return name.substr(0, name.find(' ')); }

class Casting {
 public:
  Casting(const TokenText& text, const Lexicon& lexicon, const NameModel* names, std::string_view day)
      : text_(text), lexicon_(lexicon), names_(names), day_(day) {
    cast_.mention_at.assign(text.tokens.size(), kNoWord);
  }

  Cast run() {
    for (const NameSpan& span : name_spans(text_, lexicon_, names_)) {
      if (cast_.members.size() >= kMostMembers) break;
      place(span);
    }
    institutions();
    std::sort(cast_.mentions.begin(), cast_.mentions.end(),
              [](const Mention& a, const Mention& b) { return a.first < b.first; });
    for (std::uint32_t m = 0; m < cast_.mentions.size(); ++m)
      for (std::uint32_t t = cast_.mentions[m].first; t <= cast_.mentions[m].last; ++t) cast_.mention_at[t] = m;
    return std::move(cast_);
  }

 private:
  void mention(const NameSpan& span, std::uint32_t member, bool adjective = false, bool capital = false) {
    cast_.mention_at[span.first] = static_cast<std::uint32_t>(cast_.mentions.size());
    cast_.mentions.push_back({span.first, span.last, member, adjective, capital});
  }

  std::uint32_t add(CastMember member) {
    cast_.members.push_back(std::move(member));
    return static_cast<std::uint32_t>(cast_.members.size() - 1);
  }

  /// The member that stands for a thing of the lexicon; holders of two offices are one person.
  std::uint32_t of_thing(std::uint32_t index, EntityKind kind) {
    const Thing& thing = lexicon_.thing(index);
    for (std::uint32_t i = 0; i < cast_.members.size(); ++i) {
      const CastMember& m = cast_.members[i];
      if (m.kind == kind && (m.thing == index || m.name == thing.name)) {
        if (m.thing == kNoWord) know(cast_.members[i], index);
        return i;
      }
    }
    CastMember member{kind, thing.name, thing.code, thing.sector, "", index, 0.9};
    if (kind == EntityKind::Country) member.sector = "GOV";
    if (thing.kind == NameKind::Person) {
      const bool in_office = day_.empty() || (day_.substr(0, thing.from.size()) >= thing.from &&
                                              (thing.to.empty() || day_.substr(0, thing.to.size()) <= thing.to));
      if (in_office) member.role = thing.role;
    }
    return add(std::move(member));
  }

  void know(CastMember& member, std::uint32_t index) {
    const Thing& thing = lexicon_.thing(index);
    member.thing = index;
    if (member.code.empty()) member.code = thing.code;
    if (member.sector.empty()) member.sector = thing.sector;
    if (member.role.empty()) member.role = thing.role;
  }

  void place(const NameSpan& span) {
    switch (span.kind) {
      case SpanKind::Adjective: return mention(span, country_of(span), true);
      case SpanKind::Country: return mention(span, country_of(span));
      case SpanKind::Capital: return mention(span, of_thing(span.thing, EntityKind::Country), false, true);
      case SpanKind::Place:
        return mention(
            span, span.thing == kNoWord ? named(span, EntityKind::Place) : of_thing(span.thing, EntityKind::Place));
      case SpanKind::Organisation:
        return mention(span, span.thing == kNoWord ? named(span, EntityKind::Organisation)
                                                   : of_thing(span.thing, EntityKind::Organisation));
      case SpanKind::Person: return mention(span, person(span));
    }
  }

  std::uint32_t country_of(const NameSpan& span) { return of_thing(span.thing, EntityKind::Country); }

  /// A name that no lexicon has.
  std::uint32_t named(const NameSpan& span, EntityKind kind) {
    std::string name(text_.of(span.first, span.last));
    for (std::uint32_t i = 0; i < cast_.members.size(); ++i)
      if (cast_.members[i].kind == kind && cast_.members[i].name == name) return i;
    CastMember member{kind, std::move(name), "", "", "", kNoWord, 0.6};
    if (span.within != kNoWord) member.code = lexicon_.thing(span.within).code;
    return add(std::move(member));
  }

  std::uint32_t person(const NameSpan& span) {
    const std::string name(text_.of(span.first, span.last));
    const bool one_word = name.find(' ') == std::string::npos;
    if (one_word) {
      if (const auto known = by_surname(name, span)) return *known;
      if (span.thing == kNoWord && span.honorific) {
        // the country the article spoke of last that had such a minister
        for (std::size_t m = cast_.mentions.size(); m-- > 0;) {
          const CastMember& other = cast_.members[cast_.mentions[m].member];
          if (other.kind != EntityKind::Country) continue;
          if (const auto holder = lexicon_.holder(name, other.code, day_)) return of_thing(*holder, EntityKind::Person);
        }
      }
    }
    std::uint32_t index;
    if (span.thing != kNoWord) {
      index = of_thing(holder_at_day(span.thing), EntityKind::Person);
    } else {
      index = kNoWord;
      for (std::uint32_t i = 0; i < cast_.members.size(); ++i)
        if (cast_.members[i].kind == EntityKind::Person && cast_.members[i].name == name) index = i;
      if (index == kNoWord) index = add({EntityKind::Person, name, "", "", "", kNoWord, one_word ? 0.5 : 0.8});
    }
    dress(index, span);
    return index;
  }

  /// Of a person's offices, the one held at the article's day.
  std::uint32_t holder_at_day(std::uint32_t index) const {
    if (day_.empty()) return index;
    const Thing& thing = lexicon_.thing(index);
    const auto holder = lexicon_.holder(thing.name, thing.code, day_);
    return holder ? *holder : index;
  }

  /// The role words before a name ("Chinese foreign ministry spokesperson") and their country become the person's.
  void dress(std::uint32_t index, const NameSpan& span) {
    CastMember& member = cast_.members[index];
    if (span.role_first == kNoWord) return;
    if (member.role.empty()) member.role = std::string(text_.of(span.role_first, span.first - 1));
    if (member.sector.empty()) member.sector = "GOV";
    if (!member.code.empty()) return;
    for (std::size_t m = cast_.mentions.size(); m-- > 0 && cast_.mentions[m].first + 12 > span.first;) {
      const Mention& before = cast_.mentions[m];
      if (before.first < span.role_first && span.role_first - before.last > 2) break;
      const CastMember& other = cast_.members[before.member];
      if (other.kind == EntityKind::Country || other.kind == EntityKind::Organisation) {
        member.code = other.code;
        if (!other.sector.empty()) member.sector = other.sector;
        break;
      }
    }
  }

  /// The person last mentioned with that family name; a title before the name must fit the role when one person's does.
  std::optional<std::uint32_t> by_surname(const std::string& name, const NameSpan& span) const {
    std::string title;
    if (span.role_first != kNoWord) fold_word(text_.of(span.first - 1), title);
    std::optional<std::uint32_t> last;
    for (std::size_t m = cast_.mentions.size(); m-- > 0;) {
      const std::uint32_t index = cast_.mentions[m].member;
      const CastMember& member = cast_.members[index];
      if (member.kind != EntityKind::Person) continue;
      const bool fits = member.name == name || last_word(member.name) == name ||
                        (first_word(member.name) == name && (is_family_first(member.code) || member.name == name));
      if (!fits) continue;
      if (title.empty() || member.role.find(title) != std::string::npos) return index;
      if (!last) last = index;
    }
    return last;
  }

  /// "China's foreign ministry", "the Chinese ministry": institutions of a country, named as the country's.
  void institutions() {
    const std::size_t named_mentions = cast_.mentions.size();
    for (std::size_t m = 0; m < named_mentions; ++m) {
      const Mention owner = cast_.mentions[m];
      if (cast_.members[owner.member].kind != EntityKind::Country) continue;
      std::uint32_t at = owner.last + 1;
      if (at < text_.tokens.size() && text_.tokens[at].kind == TokenKind::Possessive)
        ++at;
      else if (!owner.adjective)
        continue;
      const std::uint32_t first = at;
      while (at < text_.tokens.size() && at < first + 2 && text_.tokens[at].is_word() &&
             !lexicon_.is(text_.tokens[at].word, WordClass::Institution))
        ++at;
      if (at >= text_.tokens.size() || text_.tokens[at].sentence != text_.tokens[owner.first].sentence) continue;
      std::string head;
      fold_word(text_.of(at), head);
      if (head != "ministry" && !(head == "office" && at > first)) continue;
      std::string kind;
      if (at > first) fold_word(text_.of(at - 1), kind);
      const std::string country = cast_.members[owner.member].name;
      std::string name = kind == "foreign" || kind.empty()        ? "Ministry of Foreign Affairs of " + country
                         : kind == "defence" || kind == "defense" ? "Ministry of Defence of " + country
                                                                  : std::string(text_.of(first, at)) + " of " + country;
      std::uint32_t index = kNoWord;
      for (std::uint32_t i = 0; i < cast_.members.size(); ++i)
        if (cast_.members[i].name == name) index = i;
      if (index == kNoWord) {
        if (cast_.members.size() >= kMostMembers) return;
        index = add({EntityKind::Organisation, name, cast_.members[owner.member].code, "GOV", "", kNoWord, 0.8});
      }
      if (cast_.mention_at[first] == kNoWord && cast_.mention_at[at] == kNoWord)
        cast_.mentions.push_back({first, at, index, false, false});
    }
  }

  const TokenText& text_;
  const Lexicon& lexicon_;
  const NameModel* names_;
  std::string_view day_;
  Cast cast_;
};

}  // namespace

Cast cast_of(const TokenText& text, const Lexicon& lexicon, const NameModel* names, std::string_view day) {
  return Casting(text, lexicon, names, day).run();
}

namespace {

struct Weight {
  double points = 0;
  std::uint32_t mentions = 0;
};

void weigh(const TokenText& text, const Cast& cast, bool headline, const Lexicon& lexicon,
           std::vector<std::pair<std::string, Weight>>& sums) {
  for (const Mention& m : cast.mentions) {
    const CastMember& member = cast.of(m);
    if (member.code.empty()) continue;
    if (!lexicon.country(member.code)) continue;
    double points = 1;
    if (member.kind == EntityKind::Person) points = 0.5;
    // a body that no lexicon has got its country from its own name: "Bank of Ireland" speaks of Ireland
    if (member.kind == EntityKind::Organisation && !member.sector.empty())
      points = member.sector == "MED" || member.sector == "BUS" ? 0 : 0.5;
    if (points == 0) continue;
    const std::uint32_t paragraph = text.sentences[text.tokens[m.first].sentence].paragraph;
    points *= headline ? 3 : paragraph == 0 ? 2 : 1;
    auto at = std::find_if(sums.begin(), sums.end(), [&](const auto& s) { return s.first == member.code; });
    if (at == sums.end()) at = sums.insert(sums.end(), {member.code, {}});
    at->second.points += points;
    if (!headline && member.kind != EntityKind::Person && member.kind != EntityKind::Organisation)
      ++at->second.mentions;
  }
}

}  // namespace

std::vector<CountryLabel> countries_of(const TokenText& headline, const Cast& headline_cast, const TokenText& body,
                                       const Cast& body_cast, const Lexicon& lexicon) {
  std::vector<std::pair<std::string, Weight>> sums;
  weigh(headline, headline_cast, true, lexicon, sums);
  weigh(body, body_cast, false, lexicon, sums);
  double total = 0;
  for (const auto& [code, weight] : sums) total += weight.points;
  std::vector<CountryLabel> labels;
  constexpr double kPassing = 0.04;  // one mention among twenty-five
  for (const auto& [code, weight] : sums)
    if (weight.points >= kPassing * total && weight.points >= 1)
      labels.push_back({code, lexicon.thing(*lexicon.country(code)).name, weight.points / total, weight.mentions});
  std::stable_sort(labels.begin(), labels.end(),
                   [](const CountryLabel& a, const CountryLabel& b) { return a.salience > b.salience; });
  return labels;
}

}  // namespace newsd
