#include "feeds/extract/element_key.h"

#include "feeds/text/digest.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace newsd {
namespace {

constexpr int kMostElements = 8;           // on the way to one that has a name
constexpr std::size_t kLongestWay = 2000;  // bytes of names
constexpr std::size_t kLongestName = 60;

/// Appends the names that tell what the element is; false when there are none.
bool add_names(std::string_view names, char mark, std::string& out) {
  const std::size_t before = out.size();
  while (!names.empty() && out.size() < kLongestWay) {
    const std::size_t end = std::min(names.find_first_of(" \t\r\n\f"), names.size());
    const std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    const bool varies = name.size() > kLongestName || name.find_first_of("0123456789") != std::string_view::npos;
    if (name.empty() || varies) continue;
    out += mark;
    out += name;
  }
  return out.size() > before;
}

}  // namespace

std::uint64_t element_key(const HtmlTree& tree, std::size_t node) {
  std::string way;
  int elements = 0;
  for (std::size_t n = node; n != 0 && elements < kMostElements; n = tree[n].parent, ++elements) {
    way += '<';
    way += name_of(tree[n].tag);
    bool named = add_names(tree.attribute(n, HtmlAttr::Class), '.', way);
    named |= add_names(tree.attribute(n, HtmlAttr::Id), '#', way);
    named |= add_names(tree.attribute(n, HtmlAttr::Itemprop), '@', way);
    if (named) return key128(way).low;
  }
  return 0;
}

}  // namespace newsd
