// conf/man/newsd.toml.5 held against the table of keys: what one of them names, the other has, with its default.
#include "daemon/config/config.h"
#include "daemon/config/keys.h"
#include "tests/support/manual_page.h"

#include <algorithm>
#include <set>

using namespace newsd;

namespace {

struct Page {
  std::vector<ManualItem> items = manual_items("newsd.toml.5");
  std::set<std::string> sections{"FILES"};

  /// is_array: a table of which there may be several; a key it must have has no default there.
  template <class S>
  void check(const std::string& section, const S& defaults, bool is_array) {
    CAPTURE(section);
    sections.insert(section);
    std::set<std::string> told;
    for (const ManualItem& item : items) {
      if (item.section == section) CHECK(told.insert(item.line + "\n" + item.text).second);
    }
    std::set<std::string> known;
    for (const auto& key : keys_of<S>()) {
      const bool is_example = is_array && key.facts.required && section != "[[output]]";
      std::string line = "Ic " + std::string(key.facts.name);
      line += is_example ? " Pq required" : " Li = " + toml_of(key.facts, key.get(defaults));
      known.insert(line + "\n" + std::string(key.facts.doc));
    }
    CHECK(told == known);
  }
};

}  // namespace

TEST_CASE("newsd.toml(5) tells every key with its default and what it is for, and no other") {
  Page page;
  each_section(static_cast<const Config&>(Config{}), [&](std::string_view name, const auto& section) {
    page.check(name.empty() ? "Before the first table" : "[" + std::string(name) + "]", section, false);
  });
  page.check("[[drop]]", DropConfig{}, true);
  page.check("[[feed]]", FeedConfig{}, true);
  page.check("[[output]]", OutputConfig{}, true);
  page.check("[[rule]]", RuleConfig{}, true);
  for (const ManualItem& item : page.items) {
    CAPTURE(item.section);
    CHECK(page.sections.contains(item.section));
  }
}
