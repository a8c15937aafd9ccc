#include "daemon/classify/resources.h"
#include "daemon/classify/label.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

using namespace newsd;

namespace {

constexpr std::string_view kVocabulary = "# a small one\n10000000\t\tharbours\n20000001\t10000000\tferries\n";

Result<std::shared_ptr<const Resources>> made(std::string_view pack, std::string_view vocabulary = kVocabulary) {
  const std::vector<NamedText> packs = {{"own.toml", pack}};
  return make_resources({.packs = packs}, {"topics.tsv", vocabulary});
}

std::string error_of(std::string_view pack, std::string_view vocabulary = kVocabulary) {
  const auto result = made(pack, vocabulary);
  return result ? "no error" : result.error().message();
}

std::string topic(std::string_view rest) {
  return "language = \"en\"\n[[topic]]\ncode = \"20000001\"\nname = \"ferries\"\n" + std::string(rest);
}

}  // namespace

TEST_CASE("what is embedded compiles and names its versions") {
  const auto resources = default_resources();
  CHECK(resources->tree.size() == 1099);
  CHECK(resources->topics_version == "medtop-rules-2");
  CHECK(resources->language->version().starts_with("language-"));
  CHECK(resources->topics.rules.size() > 40);
  CHECK(default_resources() == resources);
}

TEST_CASE("every file of conf/topics is embedded as it is") {
  std::vector<std::string> texts;
  std::vector<NamedText> packs;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(NEWSD_SOURCE_DIR "/conf/topics"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  texts.reserve(files.size());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    packs.push_back({file.filename().string(), texts.back()});
  }
  const auto resources = make_resources({.packs = packs});
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics_version == default_resources()->topics_version);
}

TEST_CASE("other packs than the embedded ones have another version") {
  const auto resources = made(topic("strong = [\"ferry\"]"));
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics_version.starts_with("medtop-rules-2+"));
  CHECK(made(topic("strong = [\"boat\"]")).value()->topics_version != (*resources)->topics_version);
}

TEST_CASE("no packs are no error, and no topics") {
  const auto resources = make_resources({.packs = std::vector<NamedText>()}, {"topics.tsv", kVocabulary});
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics.rules.empty());
}

TEST_CASE("a mistake in a rule pack is named with its file and line") {
  CHECK(error_of("language = \"en\"\n[[topic]\n").starts_with("own.toml:2: "));
  CHECK(error_of("[[topic]]\ncode = \"20000001\"").starts_with("own.toml:1: a rule pack says its language"));
  CHECK(error_of("language = \"EN\"").find("says its language") != std::string::npos);
  CHECK(error_of("language = \"en\"\ntopics = 3") ==
        "own.toml:2: a rule pack has `language = \"…\"` and [[topic]] tables, not this `topics`");
  CHECK(error_of("language = \"en\"\n[[topic]]\nname = \"ferries\"") ==
        "own.toml:2: a [[topic]] needs the code of its topic");
  CHECK(error_of("language = \"en\"\n[[topic]]\ncode = \"20000009\"") ==
        "own.toml:3: the vocabulary has no topic 20000009");
  CHECK(error_of("language = \"en\"\n[[topic]]\ncode = \"20000001\"\nname = \"boats\"") ==
        "own.toml:2: topic 20000001 is named \"ferries\"");
  CHECK(error_of(topic("strng = [\"ferry\"]")).starts_with("own.toml:5: `strng` is no key"));
  CHECK(error_of(topic("threshold = -1")).starts_with("own.toml:5: `threshold`"));
  CHECK(error_of(topic("strong = \"ferry\"")) == "own.toml:5: phrases stand in a list of strings");
  CHECK(error_of(topic("strong = [\"ferry\",\n  3]")) == "own.toml:6: a phrase is a string");
  CHECK(error_of(topic("strong = [\"ferry\"]\nweak = [\n\"Ferry\"]")) ==
        "own.toml:7: the phrase \"Ferry\" stands twice in this topic");
  for (const std::string phrase : {"", "…", "*", "fer*ry", "a b c d e f g h i j k"}) {
    CAPTURE(phrase);
    CHECK(error_of(topic("strong = [\"" + phrase + "\"]")).find("is no phrase") != std::string::npos);
  }
}

TEST_CASE("a mistake in the vocabulary is named with its file and line") {
  CHECK(error_of("", "10000000 harbours\n").starts_with("topics.tsv:1: "));
  CHECK(error_of("", "1000000x\t\tharbours\n").starts_with("topics.tsv:1: a topic's code"));
  CHECK(error_of("", "\n10000000\t\t\n") == "topics.tsv:2: topic 10000000 has no name");
  CHECK(error_of("", "10000000\t\ta\n10000000\t\tb\n") == "topics.tsv:2: topic 10000000 stands twice");
  CHECK(error_of("", "10000000\t30000000\ta\n") == "topics.tsv:1: the parent 30000000 is no topic");
  CHECK(error_of("", "10000000\t20000000\ta\n20000000\t10000000\tb\n").find("own ancestor") != std::string::npos);
}

namespace {

/// The names of an article's entities and what they are.
std::map<std::string, EntityKind> entities(const OwnResources& own, std::string paragraph) {
  const auto resources = make_resources(own).value();
  Article article;
  article.headline = "A day at the quay";
  article.paragraphs = {std::move(paragraph)};
  std::map<std::string, EntityKind> found;
  for (const EntityLabel& entity : label(article, *resources).entities) found.emplace(entity.name, entity.kind);
  return found;
}

std::string lexicon_error(std::string name, std::string_view text) {
  const auto result = make_resources({.lexicons = {{std::move(name), text}}});
  return result ? "no error" : result.error().message();
}

}  // namespace

TEST_CASE("a lexicon of one's own adds names to the built-in ones") {
  const std::string text = "The ferry was sold to harbourworks on Monday. Norway looked on.";
  const OwnResources own{.lexicons = {{"/etc/newsd/lexicon/organisations.desk.tsv", "=harbourworks\tHBW\tBUS\n"}}};
  const auto with = entities(own, text);
  REQUIRE(with.contains("harbourworks"));
  CHECK(with.at("harbourworks") == EntityKind::Organisation);
  CHECK(with.at("Norway") == EntityKind::Country);
  CHECK_FALSE(entities({}, text).contains("harbourworks"));
}

TEST_CASE("a lexicon called as a built-in one takes its place") {
  const std::string_view sweden = "SWE\tSweden\t\tSwedish\tStockholm\n";
  const auto norway = [](const OwnResources& own) {
    const auto found = entities(own, "Norway called the NATO on Monday.");
    const auto named = found.find("Norway");
    return named != found.end() && named->second == EntityKind::Country;
  };
  CHECK(norway({}));
  CHECK_FALSE(norway({.lexicons = {{"countries.tsv", sweden}}}));
  CHECK(norway({.lexicons = {{"countries.own.tsv", sweden}}}));
}

TEST_CASE("lexicons of one's own show in the version of what is found by them") {
  const auto version = [](std::string_view text) {
    return make_resources({.lexicons = {{"people.desk.tsv", text}}}).value()->facts_version;
  };
  const std::string built_in = default_resources()->facts_version;
  CHECK(version("Ann Quay\tNOR\n").starts_with(built_in + "+"));
  CHECK(version("Ann Quay\tNOR\n") != version("Ann Shore\tNOR\n"));
  CHECK(make_resources({}).value()->facts_version == built_in);
}

TEST_CASE("a mistake in a lexicon is named with its file and line") {
  CHECK(lexicon_error("own/people.desk.tsv", "# ours\nAnn Quay\n") ==
        "own/people.desk.tsv:2: a row needs a name and a code");
  CHECK(lexicon_error("words.tsv", "nonsense\tquay\n").starts_with("words.tsv:1: no such class of words"));
  CHECK(lexicon_error("tone.tsv", "9.0\tquay\n").starts_with("tone.tsv:1: a rating is"));
  CHECK(lexicon_error("people.tsv", "Ann \xff\tNOR\n") == "people.tsv:1: is no UTF-8");
  CHECK(lexicon_error("own/surnames.tsv", "").starts_with("own/surnames.tsv: is called as no lexicon"));
}
