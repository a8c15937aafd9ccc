// The first line is a rule, the rest a text. Either the rule is refused at a column inside it (or just behind its end),
// or it compiles, and says of the text what the obvious evaluator says.
#include "daemon/classify/rule_set.h"
#include "feeds/text/utf8.h"
#include "tests/daemon/classify/naive_rules.h"

#include <cmath>
#include <cstdlib>

using namespace newsd;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;  // the obvious evaluator is slow
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string rule(input.substr(0, end));
  const std::string text = repair_utf8(input.substr(std::min(end + 1, input.size()))).text;

  const auto parsed = parse_rule_expression(rule);
  const std::vector<RuleText> rules = {{rule, 0}};
  const auto compiled = RuleSet::compile(rules);
  if (parsed.has_value() != compiled.has_value()) std::abort();
  if (!parsed) {
    constexpr std::string_view kColumn = "column ";
    if (!parsed.error().where.starts_with(kColumn)) std::abort();
    const auto column = std::strtoull(parsed.error().where.c_str() + kColumn.size(), nullptr, 10);
    if (column < 1 || column > rule.size() + 1) std::abort();
    return 0;
  }
  RuleSubject subject;
  subject.headline = std::string_view(text).substr(0, 0);
  subject.body = text;
  subject.language = "en-GB";
  subject.countries = {"UKR"};
  subject.persons = {"Wang Yi"};
  const auto expected = NaiveRules(subject).match(0, *parsed, 0);
  const auto found = compiled->matches(subject);
  if (found.size() != (expected ? 1u : 0u)) std::abort();
  if (expected && (found[0].spans != expected->spans || std::abs(found[0].score - expected->score) > 1e-6))
    std::abort();
  return 0;
}
