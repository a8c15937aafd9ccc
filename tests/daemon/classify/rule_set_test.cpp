#include "daemon/classify/rule_set.h"
#include "tests/daemon/classify/naive_rules.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

RuleSubject about(std::string_view headline, std::string_view body) {
  RuleSubject subject;
  subject.headline = headline;
  subject.body = body;
  return subject;
}

bool matches(std::string_view rule, const RuleSubject& subject, double threshold = 0) {
  const std::vector<RuleText> rules = {{std::string(rule), threshold}};
  return !RuleSet::compile(rules).value().matches(subject).empty();
}

double score(std::string_view rule, const RuleSubject& subject) {
  const std::vector<RuleText> rules = {{std::string(rule), 0}};
  const auto matches = RuleSet::compile(rules).value().matches(subject);
  return matches.empty() ? -1 : matches.front().score;
}

std::string wrong(std::string_view rule) {
  const auto parsed = parse_rule_expression(rule);
  return parsed ? "compiles" : parsed.error().where;
}

const RuleSubject kTruce =
    about("Norland agrees to a cease-fire",
          "Peace talks begin on Thursday. Russia’s minister said the U.S. would not take part in "
          "the talks about peace.");

}  // namespace

TEST_CASE("words, phrases and beginnings are found in headline and body, whatever their case and hyphens") {
  for (const std::string_view rule :
       {"peace", "PEACE", "\"peace talks\"", "cease-fire", "\"cease fire\"", "norl*", "\"peace tal*\"", "russia",
        "\"russia’s minister\"", "\"take part\" AND thursday", "thursday minister", "peace OR nothing", "NOT nothing",
        "title:norland", "body:\"peace talks\"", "title:(norland AND cease-fire)", "\"U.S.\"",
        "headline == \"norland\""}) {
    CAPTURE(rule);
    CHECK(matches(rule, kTruce));
  }
  for (const std::string_view rule : {"peac", "\"talks peace\"", "title:peace", "body:norland", "nothing", "NOT peace",
                                      "peace AND nothing", "\"fire peace\"", "summary:peace", "pea* AND NOT tal*"}) {
    CAPTURE(rule);
    CHECK_FALSE(matches(rule, kTruce));
  }
}

TEST_CASE("AND binds closer than OR, NOT closer than AND, brackets closest") {
  CHECK(matches("nothing AND nothing OR peace", kTruce));
  CHECK_FALSE(matches("nothing AND (nothing OR peace)", kTruce));
  CHECK(matches("peace OR nothing AND nothing", kTruce));
  CHECK(matches("NOT nothing peace", kTruce));
  CHECK_FALSE(matches("NOT (nothing OR peace)", kTruce));
  CHECK(matches("NOT NOT peace", kTruce));
}

TEST_CASE("NEAR counts words from one side to the other, in both directions and within one text") {
  const auto subject = about("Minister", "the minister of the harbour spoke");
  CHECK(matches("minister NEAR/3 harbour", subject));
  CHECK(matches("harbour NEAR/3 minister", subject));
  CHECK_FALSE(matches("minister NEAR/2 harbour", subject));
  CHECK(matches("(judge OR minister) NEAR/3 (tram OR harbour)", subject));
  CHECK(matches("\"minister of\" NEAR/2 harbour", subject));
  CHECK_FALSE(matches("minister NEAR/5 \"the minister\"", subject));  // they overlap
  CHECK_FALSE(matches("title:minister NEAR/100 body:harbour", subject));
}

TEST_CASE("facts are asked for by their codes and names") {
  auto subject = about("A", "b");
  subject.language = "pt-BR";
  subject.countries = {"UKR", "CHN"};
  subject.persons = {"Wang Yi", "Ada Muster"};
  subject.organisations = {"United Harbours Council"};
  subject.sources = {"Evening Post"};
  subject.topics = {"20000062", "16000000"};
  for (const std::string_view rule :
       {"lang:pt", "lang:pt-br", "lang:PT", "country:UKR", "country:chn", "person:\"Wang Yi\"", "person:wang",
        "person:Mus*", "org:\"harbours council\"", "source:\"evening post\"", "medtop:20000062",
        "medtop:medtop:16000000", "topic:1600*", "country:(FRA OR UKR)", "language == \"pt\"", "country != \"FRA\"",
        "NOT lang:en"}) {
    CAPTURE(rule);
    CHECK(matches(rule, subject));
  }
  for (const std::string_view rule : {"lang:p", "lang:br", "country:UK", "person:\"Yi Wang\"", "person:Ad",
                                      "org:united-council", "medtop:2000006", "country != \"UKR\"", "wang"}) {
    CAPTURE(rule);
    CHECK_FALSE(matches(rule, subject));
  }
}

TEST_CASE("a story and a type can be asked of events only") {
  CHECK(parse_rule_expression("story:\"urn:newsd:story:1\" type:newsd.article.*", RuleScope::Event).has_value());
  CHECK(wrong("peace AND story:1") == "column 11");
  auto event = about("", "");
  event.type = "newsd.article.new";
  const std::vector<RuleText> rules = {
      {"type:newsd.article.*", 0}, {"type == \"newsd.article.new\"", 0}, {"type:newsd", 0}};
  CHECK(RuleSet::compile(rules, RuleScope::Event).value().matches(event).size() == 2);
}

TEST_CASE("numbers of an event are compared; one it does not have is neither more nor less nor the same") {
  auto event = about("Ferry back in service", "");
  event.numbers[static_cast<std::size_t>(RuleNumber::Similarity)] = 0.8;
  event.numbers[static_cast<std::size_t>(RuleNumber::Size)] = 12;
  const auto holds = [&](std::string_view where) {
    const std::vector<RuleText> rules = {{std::string(where), 0}};
    return !RuleSet::compile(rules, RuleScope::Event).value().matches(event).empty();
  };
  for (const std::string_view where :
       {"size > 11", "size>=12", "size == 12", "size <= 12.0", "size < 12.5", "size != 3",
        "similarity >= 0.8 AND ferry", "NOT score > 0", "score != 1", "(size > 100 OR ferry)"}) {
    CAPTURE(where);
    CHECK(holds(where));
  }
  for (const std::string_view where : {"size > 12", "size < 12", "size != 12", "similarity > 0.8", "score >= 0",
                                       "score < 1", "tone == 0", "NOT size >= 12"}) {
    CAPTURE(where);
    CHECK_FALSE(holds(where));
  }
}

TEST_CASE("a comparison that cannot be made is refused at its column") {
  const auto wrong_where = [](std::string_view where) {
    const auto parsed = parse_rule_expression(where, RuleScope::Event);
    return parsed ? "compiles" : parsed.error().where;
  };
  CHECK(wrong_where("ferry AND language > 3") == "column 11");
  CHECK(wrong_where("size > many") == "column 8");
  CHECK(wrong_where("size >") == "column 7");
  CHECK(wrong_where("size > 1e9") == "column 8");
  CHECK(wrong_where("size >= 5x") == "column 9");
  CHECK(wrong("peace size > 5") == "column 7");
  CHECK(wrong("peace rule:floods") == "column 7");
}

TEST_CASE("an event is asked for the rules that its article met") {
  auto event = about("", "");
  event.rules = {"floods", "ukraine-peace"};
  const std::vector<RuleText> rules = {{"rule:floods", 0}, {"rule == \"ukraine*\"", 0}, {"rule:peace", 0}};
  CHECK(RuleSet::compile(rules, RuleScope::Event).value().matches(event).size() == 2);
}

TEST_CASE("regular expressions are looked for in the text as it is written") {
  CHECK(matches("/cease-?fire/", kTruce));
  CHECK_FALSE(matches("/CEASE-FIRE/", kTruce));
  CHECK(matches("/CEASE-FIRE/i", kTruce));
  CHECK(matches("body:/[Pp]eace\\s+talks/ AND minister", kTruce));
  CHECK(matches("/a\\/b/", about("", "x a/b y")));
  CHECK_FALSE(matches("title:/Peace/", kTruce));
}

TEST_CASE("the score counts weights and occurrences, and the threshold decides") {
  const auto subject = about("war", "war war war war war war peace");
  CHECK(score("war", subject) == 5);  // no more than kMostCounted
  CHECK(score("war^2 OR peace^0.5", subject) == 10.5);
  CHECK(score("war AND NOT nothing^100", subject) == 5);
  CHECK(score("peace OR (war AND nothing)", subject) == 1);
  CHECK(matches("war^2 OR peace", subject, 11));
  CHECK_FALSE(matches("war^2 OR peace", subject, 11.5));
}

TEST_CASE("spans are the bytes that the terms found") {
  const std::vector<RuleText> rules = {{"\"peace talks\" OR title:ceasefire OR title:cease-fire OR nothing", 0}};
  const auto matches = RuleSet::compile(rules).value().matches(kTruce);
  REQUIRE(matches.size() == 1);
  REQUIRE(matches[0].spans.size() == 2);
  const auto& [headline, body] = std::pair(matches[0].spans[0], matches[0].spans[1]);
  CHECK(headline.field == RuleField::Headline);
  CHECK(kTruce.headline.substr(headline.begin, headline.end - headline.begin) == "cease-fire");
  CHECK(body.field == RuleField::Body);
  CHECK(kTruce.body.substr(body.begin, body.end - body.begin) == "Peace talks");
}

TEST_CASE("an error points at the column where something else was expected") {
  CHECK(wrong("") == "column 1");
  CHECK(wrong("   ") == "column 4");
  CHECK(wrong("peace AND") == "column 10");
  CHECK(wrong("peace AND OR war") == "column 11");
  CHECK(wrong("(peace OR war") == "column 1");
  CHECK(wrong("peace) OR war") == "column 6");
  CHECK(wrong("peace OR \"war") == "column 10");
  CHECK(wrong("peace colour:red") == "column 7");
  CHECK(wrong("peace NEAR/0 war") == "column 12");
  CHECK(wrong("peace NEAR/x war") == "column 12");
  CHECK(wrong("peace NEAR/3 (war AND trade)") == "column 14");
  CHECK(wrong("a NEAR/3 b NEAR/3 c") == "column 12");
  CHECK(wrong("wa*r") == "column 3");
  CHECK(wrong("--") == "column 1");
  CHECK(wrong("war^0") == "column 4");
  CHECK(wrong("war^2x") == "column 6");
  CHECK(wrong("/(/") == "column 2");
  CHECK(wrong("/a*/") == "column 1");
  CHECK(wrong("war /abc") == "column 5");
  CHECK(wrong("lang:/en/") == "column 6");
  CHECK(wrong("lang:") == "column 6");
  CHECK(wrong(std::string(kMostRuleBytes + 1, 'a')) == "column 16385");
  CHECK(wrong("\xff") == "column 1");
}

TEST_CASE("brackets and terms are bounded") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
  CHECK(parse_rule_expression(nested(kDeepestRule)).has_value());
  CHECK(parse_rule_expression(nested(kDeepestRule + 1)).error().is(RuleError::TooLarge));
  CHECK(parse_rule_expression(nested(8000)).error().is(RuleError::TooLarge));
  std::string nots, terms;
  for (int i = 0; i < 3000; ++i) nots += "NOT ";
  for (std::size_t i = 0; i <= kMostRuleNodes; ++i) terms += "a ";
  CHECK(parse_rule_expression(nots + "a").error().is(RuleError::TooLarge));
  CHECK(parse_rule_expression(terms).error().is(RuleError::TooLarge));
}

TEST_CASE("compiled rules agree with the obvious evaluator on random rules and texts") {
  const auto seed = Catch::rngSeed();
  CAPTURE(seed);
  RandomRules random(seed);
  std::size_t met = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<RuleText> rules;
    std::vector<RuleNode> parsed;
    while (rules.size() < 40) {
      const RuleText rule{random.rule(), random.below(4) == 0 ? static_cast<double>(random.below(6)) : 0};
      auto node = parse_rule_expression(rule.match);
      CAPTURE(rule.match);
      REQUIRE(node.has_value());
      rules.push_back(rule);
      parsed.push_back(std::move(*node));
    }
    const std::string headline = random.text(random.below(8)), summary = random.text(random.below(6)),
                      body = random.text(random.below(80));
    RuleSubject subject = about(headline, body);
    subject.summary = summary;
    subject.language = random.below(2) == 0 ? "en-GB" : "de";
    if (random.below(2) == 0) subject.countries = {"UKR", "CHN"};
    if (random.below(2) == 0) subject.persons = {"Wang Yi", "Mira"};
    if (random.below(2) == 0) subject.organisations = {"City Council"};
    if (random.below(2) == 0) subject.sources = {"The Evening Post"};
    if (random.below(2) == 0) subject.topics = {"20000062", "16000000"};

    const NaiveRules naive(subject);
    std::vector<RuleMatch> expected;
    for (std::uint32_t i = 0; i < rules.size(); ++i)
      if (const auto match = naive.match(i, parsed[i], rules[i].threshold)) expected.push_back(*match);
    const auto found = RuleSet::compile(rules).value().matches(subject);
    met += found.size();
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CAPTURE(rules[expected[i].rule].match, headline, summary, body);
      CHECK(found[i].rule == expected[i].rule);
      CHECK(found[i].score == Approx(expected[i].score));
      CHECK(found[i].spans == expected[i].spans);
    }
  }
  CHECK(met > 100);
}
