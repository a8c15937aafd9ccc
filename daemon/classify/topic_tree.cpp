#include "daemon/classify/topic_tree.h"

#include "daemon/classify/resources.h"

#include <fmt/format.h>

#include <algorithm>

namespace newsd {

namespace {

bool is_code(std::string_view text) {
  return text.size() == 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Row {
  std::string_view code, parent, name;
  std::size_t line;
};

}  // namespace

Result<TopicTree> TopicTree::parse(std::string_view text, std::string_view file) {
  const auto wrong = [&](std::size_t line, std::string what) {
    return Error(ResourceError::BadVocabulary, std::move(what), fmt::format("{}:{}", file, line));
  };
  std::vector<Row> rows;
  for (std::size_t at = 0, number = 1; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find('\t'),
                      second = line.find('\t', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos)
      return wrong(number, "a topic is a code, its parent and a name, with tabs between");
    const Row row{line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1), number};
    if (!is_code(row.code)) return wrong(number, fmt::format("a topic's code has eight digits, not \"{}\"", row.code));
    if (row.name.empty()) return wrong(number, fmt::format("topic {} has no name", row.code));
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.code < b.code; });

  TopicTree tree;
  for (const Row& row : rows) {
    if (!tree.topics_.empty() && tree.topics_.back().code == row.code)
      return wrong(row.line, fmt::format("topic {} stands twice", row.code));
    tree.topics_.push_back({std::string(row.code), std::string(row.name), kNone});
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].parent.empty()) continue;
    tree.topics_[i].parent = tree.find(rows[i].parent);
    if (tree.topics_[i].parent == kNone)
      return wrong(rows[i].line, fmt::format("the parent {} is no topic", rows[i].parent));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t steps = 0;
    for (std::uint32_t up = static_cast<std::uint32_t>(i); up != kNone; up = tree.topics_[up].parent)
      if (++steps > 16)
        return wrong(rows[i].line, fmt::format("topic {} is its own ancestor or too deep", rows[i].code));
  }
  return tree;
}

std::uint32_t TopicTree::find(std::string_view code) const {
  const auto found = std::lower_bound(topics_.begin(), topics_.end(), code,
                                      [](const Topic& t, std::string_view c) { return t.code < c; });
  return found == topics_.end() || found->code != code ? kNone : static_cast<std::uint32_t>(found - topics_.begin());
}

}  // namespace newsd
