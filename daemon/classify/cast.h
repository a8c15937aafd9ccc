// Who and what an article speaks of: names found and classified, each tied to an entity of the article (surnames,
// title and surname, acronyms, capitals for governments). Tokens and lexicon in, the cast out. Pure, linear in the
// tokens (a name looks back at a bounded number of entities); any thread.
#pragma once

#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class NameModel;

struct CastMember {
  EntityKind kind = EntityKind::Other;
  std::string name;
  std::string code;    ///< alpha-3 or an actor code
  std::string sector;  ///< GOV …
  std::string role;
  std::uint32_t thing = kNoWord;  ///< of the lexicon
  double confidence = 0;
};

/// Tokens [first, last]. adjective: "Russian"; it names its country but is no mention of it.
struct Mention {
  std::uint32_t first = 0, last = 0;
  std::uint32_t member = 0;
  bool adjective = false;
  bool capital = false;  ///< a country by its capital: a place, or its government
};

struct Cast {
  std::vector<CastMember> members;
  std::vector<Mention> mentions;          ///< by first token, apart from each other
  std::vector<std::uint32_t> mention_at;  ///< token → mention, or kNoWord

  const Mention* at(std::size_t token) const {
    return token < mention_at.size() && mention_at[token] != kNoWord ? &mentions[mention_at[token]] : nullptr;
  }
  const CastMember& of(const Mention& m) const { return members[m.member]; }
};

/// names: nullptr: rules alone find the names. day: of the article, ISO 8601, may be empty.
Cast cast_of(const TokenText& text, const Lexicon& lexicon, const NameModel* names, std::string_view day);

/// What an article looks back at when it meets a surname; older entities are out of sight.
inline constexpr std::size_t kMostMembers = 400;

/// Countries by salience: what is named in the headline counts three times, in the first paragraph twice.
std::vector<CountryLabel> countries_of(const TokenText& headline, const Cast& headline_cast, const TokenText& body,
                                       const Cast& body_cast, const Lexicon& lexicon);

}  // namespace newsd
