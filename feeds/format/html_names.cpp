#include "feeds/format/html_names.h"

#include <array>
#include <cstddef>

namespace newsd {
namespace {

constexpr std::uint8_t kVoid = 1, kRaw = 2, kClosesP = 4, kSpecial = 8, kBlock = 16;

struct Element {
  std::string_view name;
  std::uint8_t is;
};

// clang-format off
/// In the order of HtmlTag.
constexpr auto kElements = std::to_array<Element>({
    {"", kBlock}, {"", 0}, {"", 0}, {"a", 0}, {"abbr", 0}, {"acronym", 0}, {"address", kClosesP | kSpecial | kBlock},
    {"amp-img", kVoid}, {"applet", kSpecial}, {"area", kVoid | kSpecial}, {"article", kClosesP | kSpecial | kBlock},
    {"aside", kClosesP | kSpecial | kBlock}, {"audio", 0}, {"b", 0}, {"base", kVoid | kSpecial},
    {"basefont", kVoid | kSpecial}, {"bdi", 0}, {"bdo", 0}, {"bgsound", kVoid | kSpecial}, {"big", 0},
    {"blockquote", kClosesP | kSpecial | kBlock}, {"body", kSpecial | kBlock}, {"br", kVoid | kSpecial | kBlock},
    {"button", kSpecial}, {"canvas", 0}, {"caption", kSpecial | kBlock}, {"center", kClosesP | kSpecial | kBlock},
    {"cite", 0}, {"code", 0}, {"col", kVoid | kSpecial}, {"colgroup", kSpecial}, {"data", 0}, {"datalist", 0},
    {"dd", kClosesP | kSpecial | kBlock}, {"del", 0}, {"details", kClosesP | kSpecial | kBlock}, {"dfn", 0},
    {"dialog", kClosesP | kBlock}, {"dir", kClosesP | kSpecial | kBlock}, {"div", kClosesP | kSpecial | kBlock},
    {"dl", kClosesP | kSpecial | kBlock}, {"dt", kClosesP | kSpecial | kBlock}, {"em", 0},
    {"embed", kVoid | kSpecial}, {"fieldset", kClosesP | kSpecial | kBlock},
    {"figcaption", kClosesP | kSpecial | kBlock}, {"figure", kClosesP | kSpecial | kBlock}, {"font", 0},
    {"footer", kClosesP | kSpecial | kBlock}, {"form", kClosesP | kSpecial | kBlock}, {"frame", kVoid | kSpecial},
    {"frameset", kSpecial}, {"h1", kClosesP | kSpecial | kBlock}, {"h2", kClosesP | kSpecial | kBlock},
    {"h3", kClosesP | kSpecial | kBlock}, {"h4", kClosesP | kSpecial | kBlock}, {"h5", kClosesP | kSpecial | kBlock},
    {"h6", kClosesP | kSpecial | kBlock}, {"head", kSpecial | kBlock}, {"header", kClosesP | kSpecial | kBlock},
    {"hgroup", kClosesP | kSpecial | kBlock}, {"hr", kVoid | kClosesP | kSpecial | kBlock},
    {"html", kSpecial | kBlock}, {"i", 0}, {"iframe", kRaw | kSpecial}, {"img", kVoid | kSpecial},
    {"input", kVoid | kSpecial}, {"ins", 0}, {"kbd", 0}, {"keygen", kVoid | kSpecial}, {"label", 0},
    {"legend", kBlock}, {"li", kClosesP | kSpecial | kBlock}, {"link", kVoid | kSpecial},
    {"listing", kClosesP | kSpecial | kBlock}, {"main", kClosesP | kSpecial | kBlock}, {"map", 0}, {"mark", 0},
    {"marquee", kSpecial}, {"math", 0}, {"menu", kClosesP | kSpecial | kBlock}, {"meta", kVoid | kSpecial},
    {"meter", 0}, {"nav", kClosesP | kSpecial | kBlock}, {"nobr", 0}, {"noembed", kRaw | kSpecial},
    {"noframes", kRaw | kSpecial}, {"noscript", kSpecial}, {"object", kSpecial}, {"ol", kClosesP | kSpecial | kBlock},
    {"optgroup", kBlock}, {"option", kBlock}, {"output", 0}, {"p", kClosesP | kSpecial | kBlock},
    {"param", kVoid | kSpecial}, {"picture", 0}, {"plaintext", kRaw | kClosesP | kSpecial | kBlock},
    {"pre", kClosesP | kSpecial | kBlock}, {"progress", 0}, {"q", 0}, {"rp", 0}, {"rt", 0}, {"ruby", 0}, {"s", 0},
    {"samp", 0}, {"script", kRaw | kSpecial}, {"search", kClosesP | kSpecial | kBlock},
    {"section", kClosesP | kSpecial | kBlock}, {"select", kSpecial}, {"slot", 0}, {"small", 0},
    {"source", kVoid | kSpecial}, {"span", 0}, {"strike", 0}, {"strong", 0}, {"style", kRaw | kSpecial}, {"sub", 0},
    {"summary", kClosesP | kSpecial | kBlock}, {"sup", 0}, {"svg", 0}, {"table", kClosesP | kSpecial | kBlock},
    {"tbody", kSpecial | kBlock}, {"td", kSpecial | kBlock}, {"template", kSpecial}, {"textarea", kRaw | kSpecial},
    {"tfoot", kSpecial | kBlock}, {"th", kSpecial | kBlock}, {"thead", kSpecial | kBlock}, {"time", 0},
    {"title", kRaw | kSpecial | kBlock}, {"tr", kSpecial | kBlock}, {"track", kVoid | kSpecial}, {"tt", 0}, {"u", 0},
    {"ul", kClosesP | kSpecial | kBlock}, {"var", 0}, {"video", 0}, {"wbr", kVoid | kSpecial},
    {"xmp", kRaw | kClosesP | kSpecial | kBlock},
});

/// In the order of HtmlAttr.
constexpr auto kAttributes = std::to_array<std::string_view>({
    "", "alt", "amp", "aria-hidden", "aria-label", "charset", "class", "content", "data-component", "data-original",
    "data-qa", "data-src", "data-srcset", "data-testid", "datetime", "height", "hidden", "href", "hreflang",
    "http-equiv", "id", "itemprop", "itemscope", "itemtype", "lang", "name", "property", "pubdate", "rel", "role",
    "src", "srcset", "style", "title", "type", "value", "width", "xml:lang",
});
// clang-format on

constexpr std::size_t kLongestName = 16;
constexpr std::size_t kSlots = 1024;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(lower(c))) * 16777619u;
  return (hash ^ hash >> 15) % kSlots;
}

/// An open-addressed table from names to their places in a list; 0 is free, and every list's first entry has no name.
using Slots = std::array<std::uint8_t, kSlots>;
template <class List, class Name>
constexpr Slots slots_of(const List& list, Name name) {
  Slots slots{};
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (name(list[i]).empty()) continue;
    std::size_t slot = slot_of(name(list[i]));
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<std::uint8_t>(i);
  }
  return slots;
}

constexpr Slots kElementSlots = slots_of(kElements, [](const Element& e) { return e.name; });
constexpr Slots kAttributeSlots = slots_of(kAttributes, [](std::string_view name) { return name; });

bool equals(std::string_view any_case, std::string_view lower_case) {
  if (any_case.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < any_case.size(); ++i) {
    if (lower(any_case[i]) != lower_case[i]) return false;
  }
  return true;
}

bool has(HtmlTag tag, std::uint8_t what) { return (kElements[static_cast<std::size_t>(tag)].is & what) != 0; }

}  // namespace

HtmlTag html_tag(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return HtmlTag::Other;
  for (std::size_t slot = slot_of(name); kElementSlots[slot] != 0; slot = (slot + 1) % kSlots) {
    if (equals(name, kElements[kElementSlots[slot]].name)) return static_cast<HtmlTag>(kElementSlots[slot]);
  }
  return HtmlTag::Other;
}

HtmlAttr html_attr(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return HtmlAttr::Other;
  for (std::size_t slot = slot_of(name); kAttributeSlots[slot] != 0; slot = (slot + 1) % kSlots) {
    if (equals(name, kAttributes[kAttributeSlots[slot]])) return static_cast<HtmlAttr>(kAttributeSlots[slot]);
  }
  return HtmlAttr::Other;
}

std::string_view name_of(HtmlTag tag) { return kElements[static_cast<std::size_t>(tag)].name; }
bool is_void(HtmlTag tag) { return has(tag, kVoid); }
bool is_raw_text(HtmlTag tag) { return has(tag, kRaw); }
bool closes_paragraph(HtmlTag tag) { return has(tag, kClosesP); }
bool is_special(HtmlTag tag) { return has(tag, kSpecial); }
bool is_block(HtmlTag tag) { return has(tag, kBlock); }

}  // namespace newsd
