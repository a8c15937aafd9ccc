// What labelling finds in an article's text: countries, entities with their mentions, quotes, coded events,
// dates, tone. Plain values. Spans are byte offsets [begin, end)
// into Article::body(), always at characters' borders, and the bytes there are the label's text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct Span {
  std::uint32_t begin = 0, end = 0;
  auto operator<=>(const Span&) const = default;
};

/// code: ISO 3166 alpha-3. salience: its share of all that is said of countries, 0–1.
struct CountryLabel {
  std::string code;
  std::string name;
  double salience = 0;
  std::uint32_t mentions = 0;
  bool operator==(const CountryLabel&) const = default;
};

enum class EntityKind : std::uint8_t { Person, Organisation, Place, Country, Other };
std::string_view to_string(EntityKind k);

/// id: unique in the article. role: as the article or the table of office-holders words it. country: alpha-3. Both may
/// be empty. An entity of the headline alone has no mentions.
struct EntityLabel {
  std::string id;
  std::string name;
  EntityKind kind = EntityKind::Other;
  std::string role;
  std::string country;
  std::vector<Span> mentions;
  double confidence = 0;
  bool operator==(const EntityLabel&) const = default;
};

/// Direct: a clause or more in somebody's words; Fragment: some words of a sentence; Scare: one marked word that
/// nobody is told to have said; Title: of a work or document.
enum class QuoteKind : std::uint8_t { Direct, Fragment, Scare, Title };
std::string_view to_string(QuoteKind k);

enum class Voice : std::uint8_t { Person, Institution, Document, Country };
std::string_view to_string(Voice v);

/// text: the bytes of the span, quote marks included. speaker: an EntityLabel::id, empty: unknown; speaker_text: as
/// worded in the article. cue: the verb. continues: the quote of which this is the rest.
struct QuoteLabel {
  std::string id;
  std::string text;
  Span span;
  QuoteKind kind = QuoteKind::Direct;
  std::string speaker;
  std::string speaker_text;
  std::optional<Voice> voice;
  std::string cue;
  std::string continues;
  double confidence = 0;
  bool operator==(const QuoteLabel&) const = default;
};

/// code: alpha-3 of a country or a CAMEO body (NATO, UNO, IGO); sector: GOV, MIL, CVL …; entity: an EntityLabel::id.
struct ActorLabel {
  std::string code;
  std::string sector;
  std::string entity;
  bool operator==(const ActorLabel&) const = default;
};

enum class EventStatus : std::uint8_t { Actual, Planned, Possible, Denied, Historic };
std::string_view to_string(EventStatus s);

/// type: PLOVER (2021), cameo: the finest CAMEO code that is sure. date: TIMEX3, empty: not told. span: the clause.
struct EventLabel {
  std::string id;
  std::string type;
  std::string cameo;
  std::vector<ActorLabel> source;
  std::vector<ActorLabel> target;
  std::string date;
  EventStatus status = EventStatus::Actual;
  std::string via_quote;
  Span span;
  double confidence = 0;
  bool operator==(const EventLabel&) const = default;
};

enum class DatePrecision : std::uint8_t { Time, Day, Week, Month, Quarter, Year, Decade };
std::string_view to_string(DatePrecision p);

/// value: TIMEX3 or a stretch A/B; empty and not resolved when it needs a reference date that the article does not
/// give.
struct DateLabel {
  std::string text;
  std::string value;
  std::optional<DatePrecision> precision;
  bool resolved = false;
  Span span;
  bool operator==(const DateLabel&) const = default;
};

/// The first four numbers of a GKG 1.0 tone column, each per hundred words: tone = positive − negative, polarity their
/// sum.
struct ToneLabel {
  double tone = 0, positive = 0, negative = 0, polarity = 0;
  bool operator==(const ToneLabel&) const = default;
};

}  // namespace newsd
