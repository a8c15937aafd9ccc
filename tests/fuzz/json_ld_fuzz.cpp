// Reading JSON-LD, whatever the script: every fact is well-formed UTF-8 and trimmed where it is a line, lists are short
// and hold nothing twice, a script read twice says what it says once, and nothing takes longer than its length allows.
#include "feeds/extract/json_ld.h"
#include "feeds/text/charset.h"
#include "feeds/text/utf8.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <tuple>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

auto all_of(const LdFacts& f) {
  return std::tie(f.type, f.headline, f.description, f.body, f.section, f.language, f.url, f.published, f.updated,
                  f.authors, f.organisations, f.publisher, f.images, f.keywords, f.paid, f.listing, f.live_updates);
}

void check_list(const std::vector<std::string>& list) {
  require(list.size() <= 64, "a list is longer than its limit");
  require(std::set<std::string>(list.begin(), list.end()).size() == list.size(), "a list holds a text twice");
  for (const std::string& text : list) require(!text.empty() && is_valid_utf8(text), "an entry is empty or not UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // a page is decoded before its scripts are read
  const std::string script = decode({reinterpret_cast<const char*>(data), size}).text;
  const LdFacts facts = read_json_ld({script});
  for (const std::string* text : {&facts.type, &facts.headline, &facts.description, &facts.body, &facts.section,
                                  &facts.language, &facts.url, &facts.published, &facts.updated, &facts.publisher})
    require(is_valid_utf8(*text), "a fact is not UTF-8");
  for (const auto* list : {&facts.authors, &facts.organisations, &facts.images, &facts.keywords}) check_list(*list);
  require(facts.type.empty() || !facts.listing, "a page is both an article and a listing");
  require(all_of(facts) == all_of(read_json_ld({script, script})), "a script read twice says something else");
  return 0;
}
