#include "feeds/http/link_header.h"

#include <algorithm>

namespace newsd {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// Reads from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool take(char c) {
    skip_space();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view until(std::string_view stops) {
    const auto end = std::min(rest_.find_first_of(stops), rest_.size());
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return text;
  }
  /// A token or a quoted string, whose escapes are undone.
  std::string value() {
    if (!take('"')) return std::string(without_outer_space(until(",;")));
    std::string out;
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    take('"');
    return out;
  }

 private:
  void skip_space() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

void add_relations(std::string_view list, std::vector<std::string>& into) {
  while (!list.empty()) {
    const auto space = std::min(list.find(' '), list.size());
    if (space > 0) into.push_back(lowered(list.substr(0, space)));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
}

}  // namespace

bool WebLink::has_relation(std::string_view relation) const {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

std::vector<WebLink> parse_link_header(std::string_view value) {
  std::vector<WebLink> links;
  Scanner scanner(value);
  while (links.size() < kMaxLinks) {
    while (scanner.take(',')) {}
    if (!scanner.take('<')) return links;
    WebLink link;
    link.target = scanner.until(">");
    if (!scanner.take('>')) return links;
    while (scanner.take(';')) {
      const std::string name = lowered(without_outer_space(scanner.until("=,;")));
      const std::string parameter = scanner.take('=') ? scanner.value() : std::string();
      if (name == "rel" && link.relations.empty()) add_relations(parameter, link.relations);
      if (name == "type" && link.type.empty()) link.type = lowered(parameter);
    }
    links.push_back(std::move(link));
    if (!scanner.take(',')) return links;
  }
  return links;
}

std::vector<WebLink> links_of(const HeaderFields& header) {
  std::vector<WebLink> all;
  for (const std::string_view value : header.values("link")) {
    for (WebLink& link : parse_link_header(value)) {
      if (all.size() < kMaxLinks) all.push_back(std::move(link));
    }
  }
  return all;
}

}  // namespace newsd
