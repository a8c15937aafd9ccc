// What newsd learns of a drop directory: the lines that all its texts have leave them, the same ones through kill -9.
#include "tests/support/newsd_home.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <random>

namespace newsd {
namespace {

const std::string kAppeal = "This paper lives on what its readers give, so please think of us when the year ends.";

/// A text that has nothing in common with any other number's but the line at its end.
std::string text_of(unsigned n) {
  std::mt19937 random(n);
  const auto word = [&] {
    std::string out;
    for (auto syllables = random() % 3 + 1; syllables > 0; --syllables) {
      out += "bdfgklmnprstvz"[random() % 14];
      out += "aeiou"[random() % 5];
    }
    return out;
  };
  const auto words = [&](int count) {
    std::string out = word();
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
    while (--count > 0) out += " " + word();
    return out;
  };
  std::string text = words(6) + "\n\n";
  for (int paragraph = 0; paragraph < 4; ++paragraph) text += words(18) + ". " + words(14) + ".\n\n";
  return text + kAppeal + "\n";
}

constexpr unsigned kTexts = 200, kReadWithoutKnowledge = 128;

void drop_all(const NewsdHome& home) {
  for (unsigned n = 0; n < kTexts; ++n) {
    std::string name = std::to_string(n);
    name.insert(0, 3 - name.size(), '0');
    home.drop(name + ".txt", text_of(n));
  }
}

std::vector<std::string> articles_of(const NewsdHome& home) {
  std::vector<std::string> articles;
  for (std::string& line : lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output)) {
    if (attribute(line, "type").starts_with("newsd.article.")) articles.push_back(std::move(line));
  }
  return articles;
}

bool learned(const std::string& line) { return line.find("\"learnedFrom\":") != std::string::npos; }

}  // namespace

TEST_CASE("what all texts of a directory end with leaves them, the same ones however often newsd is killed meanwhile") {
  const unsigned seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  NewsdHome whole, killed;
  whole.configure("[pipeline]\nworkers = 1\n");
  drop_all(whole);
  REQUIRE(whole.run({"run", "--once", "-c", whole.config().string()}).status == 0);

  killed.configure("[pipeline]\nworkers = 3\n[journal]\ncommit_window = \"0ms\"\n");
  drop_all(killed);
  for (int kill = 0; kill < 5; ++kill) {
    const auto newsd = killed.start();
    const std::size_t left = kTexts - random() % kTexts;
    eventually([&] { return killed.waiting().size() <= left; }, std::chrono::seconds(5));
    newsd->signal(SIGKILL);
    newsd->wait();
  }
  REQUIRE(killed.run({"run", "--once", "-c", killed.config().string()}).status == 0);

  const std::vector<std::string> expected = articles_of(whole), got = articles_of(killed);
  REQUIRE(expected.size() == kTexts);
  REQUIRE(got.size() == kTexts);
  for (unsigned n = 0; n < kTexts; ++n) {
    CAPTURE(n);
    CHECK(attribute(got[n], "type") == "newsd.article.new");
    for (const char* name : {"type", "id", "subject", "bodySha256"})
      CHECK(attribute(got[n], name) == attribute(expected[n], name));
    CHECK(learned(expected[n]) == (n >= kReadWithoutKnowledge));
    CHECK(learned(got[n]) == learned(expected[n]));
  }

  // and it can be asked for
  const std::string file = (whole.inbox() / "done" / "000.txt").string();
  const Ran asked = whole.run({"explain", "-c", whole.config().string(), file});
  CHECK(asked.status == 0);
  CHECK(asked.output.find("\"kind\":\"repeat\",\"rule\":\"learned\"") != std::string::npos);
  CHECK(learned(asked.output));
  CHECK_FALSE(learned(whole.run({"explain", file}).output));
}

TEST_CASE("where learning is off, nothing leaves a text for what others say") {
  NewsdHome home;
  home.configure("[learning]\nenabled = false\n");
  drop_all(home);
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const std::vector<std::string> articles = articles_of(home);
  CHECK(articles.size() == kTexts);
  CHECK(std::none_of(articles.begin(), articles.end(), learned));
}

}  // namespace newsd
