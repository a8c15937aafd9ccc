// Measures reading on texts that are not part of the project: with NEWSD_CORPORA set to a folder that has seeds/*.txt
// and seeds/article_gold.json, each text must come out as the gold reads it. Without it nothing is checked.
#include "feeds/extract/read.h"
#include "feeds/format/json.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace newsd;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> strings(const JsonValue& list) {
  std::vector<std::string> out;
  for (const JsonValue& one : *list.as_array()) out.push_back(*one.as_string());
  return out;
}

void check_seed(const fs::path& file, const JsonValue& gold) {
  CAPTURE(file.filename().string());
  Document document;
  document.bytes = bytes_of(file);
  const auto reading = read(document);
  REQUIRE(reading.has_value());
  const auto& article = std::get<Article>(reading->items.at(0));
  const std::string* title = gold.find("title")->as_string();
  CHECK(article.headline == (title == nullptr ? "" : *title));
  CHECK(article.paragraphs == strings(*gold.find("paragraphs")));
  const std::vector<std::string> standfirst = strings(*gold.find("dek"));
  CHECK(article.summary == (standfirst.empty() ? "" : standfirst.front()));
  std::string captions;
  for (const Picture& picture : article.pictures) captions += picture.alt + "\n" + picture.caption + "\n";
  for (const std::string& caption : strings(*gold.find("captions")))
    CHECK(captions.find(caption.substr(0, caption.find(" ("))) != std::string::npos);
  CHECK_FALSE(article.published);
  CHECK(article.byline.empty());
  CHECK(article.publisher.empty());
  CHECK_FALSE(article.url);
}

}  // namespace

TEST_CASE("the seed texts are read as their gold") {
  const char* corpora = std::getenv("NEWSD_CORPORA");
  if (corpora == nullptr) {
    WARN("NEWSD_CORPORA is not set: nothing measured");
    return;
  }
  const fs::path seeds = fs::path(corpora) / "seeds";
  const auto gold = parse_json(bytes_of(seeds / "article_gold.json"));
  REQUIRE(gold.has_value());
  std::size_t read = 0;
  for (const auto& entry : fs::directory_iterator(seeds)) {
    if (entry.path().extension() != ".txt") continue;
    const JsonValue* expected = gold->find(entry.path().stem().string());
    REQUIRE(expected != nullptr);
    check_seed(entry.path(), *expected);
    ++read;
  }
  CHECK(read > 0);
}
