#include "feeds/format/feed_place.h"
#include "feeds/text/lines.h"

#include <algorithm>

namespace newsd {
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_local_part(char c) { return is_alphanumeric(c) || std::string_view("._%+-").find(c) != std::string_view::npos; }
bool is_domain_part(char c) { return is_alphanumeric(c) || c == '.' || c == '-'; }

/// The first address in a text; empty when there is none.
std::string_view address_in(std::string_view text) {
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && is_local_part(text[begin - 1])) --begin;
    while (end < text.size() && is_domain_part(text[end])) ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    if (begin < at && domain.find('.') != std::string_view::npos && domain.front() != '.')
      return text.substr(begin, end - begin);
  }
  return {};
}

void erase_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

}  // namespace

FeedPerson person_from_text(std::string_view text) {
  FeedPerson person;
  const std::string_view address = address_in(text.substr(0, 1000));
  std::string name(trimmed(text));
  if (!address.empty()) {
    person.email = address;
    erase_all(name, person.email);
    for (const std::string_view left_over : {"mailto:", "()", "<>", "&lt;&gt;", "[]"}) erase_all(name, left_over);
  }
  std::string_view rest = trimmed(name);
  if (rest.starts_with('(')) rest.remove_prefix(1);
  if (rest.ends_with(')') && std::count(rest.begin(), rest.end(), '(') < std::count(rest.begin(), rest.end(), ')'))
    rest.remove_suffix(1);
  person.name = trimmed(rest);
  return person;
}

std::string person_as_text(const FeedPerson& person) {
  if (person.name.empty()) return person.email;
  return person.email.empty() ? person.name : person.name + " (" + person.email + ")";
}

}  // namespace newsd
