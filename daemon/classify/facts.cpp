#include "daemon/classify/facts.h"

namespace newsd {

std::string_view to_string(EntityKind k) {
  switch (k) {
    case EntityKind::Person: return "person";
    case EntityKind::Organisation: return "organisation";
    case EntityKind::Place: return "place";
    case EntityKind::Country: return "country";
    case EntityKind::Other: return "other";
  }
  return "other";
}

std::string_view to_string(QuoteKind k) {
  switch (k) {
    case QuoteKind::Direct: return "direct";
    case QuoteKind::Fragment: return "fragment";
    case QuoteKind::Scare: return "scare";
    case QuoteKind::Title: return "title";
  }
  return "scare";
}

std::string_view to_string(Voice v) {
  switch (v) {
    case Voice::Person: return "person";
    case Voice::Institution: return "institution";
    case Voice::Document: return "document";
    case Voice::Country: return "country";
  }
  return "person";
}

std::string_view to_string(EventStatus s) {
  switch (s) {
    case EventStatus::Actual: return "actual";
    case EventStatus::Planned: return "planned";
    case EventStatus::Possible: return "possible";
    case EventStatus::Denied: return "denied";
    case EventStatus::Historic: return "historic";
  }
  return "actual";
}

std::string_view to_string(DatePrecision p) {
  switch (p) {
    case DatePrecision::Time: return "time";
    case DatePrecision::Day: return "day";
    case DatePrecision::Week: return "week";
    case DatePrecision::Month: return "month";
    case DatePrecision::Quarter: return "quarter";
    case DatePrecision::Year: return "year";
    case DatePrecision::Decade: return "decade";
  }
  return "day";
}

}  // namespace newsd
