// Going through the dead letters beside whoever adds to them.
#include "daemon/emit/dead_letter_round.h"

#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

using namespace newsd;

namespace {

struct Letters {
  TemporaryDirectory folder;
  std::filesystem::path file = folder / "dead-letters.ndjson";

  void add(const std::string& line) const { REQUIRE(append_dead_letter(file, line).has_value()); }
  std::vector<std::string> lines() const {
    std::vector<std::string> all;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }
  std::optional<DeadLetterRound> begin() const { return DeadLetterRound::begin(file).value(); }
};

std::vector<std::string> rest_of(DeadLetterRound& round) {
  std::vector<std::string> all;
  while (auto line = round.next()) all.push_back(*std::move(line));
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a round meets every letter; what it does not keep is gone, what came meanwhile stays") {
  const Letters letters;
  for (const char* line : {"1", "2", "3"}) letters.add(line);
  {
    auto round = letters.begin();
    REQUIRE(round);
    CHECK_FALSE(round->is_resumed());
    CHECK(round->next() == "1");
    CHECK(round->next() == "2");
    REQUIRE(round->keep("2, again").has_value());
    letters.add("4");
    CHECK(rest_of(*round) == Lines{"3"});
    REQUIRE(round->finish().has_value());
  }
  CHECK(letters.lines() == Lines{"2, again", "4"});
  auto next = letters.begin();
  CHECK(rest_of(*next) == Lines{"2, again", "4"});
}

TEST_CASE("a round that breaks off is taken up by the next, and no letter is lost") {
  const Letters letters;
  letters.add("1");
  letters.add("2");
  letters.begin()->next();
  letters.add("3");
  auto round = letters.begin();
  REQUIRE(round);
  CHECK(round->is_resumed());
  CHECK(rest_of(*round) == Lines{"1", "2"});
  REQUIRE(round->finish().has_value());
  CHECK(letters.lines() == Lines{"3"});
}

TEST_CASE("without letters there is no round, and there is one round at a time") {
  const Letters letters;
  CHECK_FALSE(letters.begin());
  CHECK_FALSE(DeadLetterRound::begin(letters.folder / "nowhere" / "dead-letters.ndjson").value());
  letters.add("1");
  const auto round = letters.begin();
  CHECK(DeadLetterRound::begin(letters.file).error().is(StreamError::InUse));
}

TEST_CASE("letters that are added while rounds begin and end are met once each") {
  constexpr int kLetters = 400;
  const Letters letters;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int n = 0; n < kLetters; ++n) static_cast<void>(append_dead_letter(letters.file, std::to_string(n)));
    done = true;
  });
  std::multiset<std::string> met;
  for (bool is_last = false; !is_last;) {
    is_last = done;
    while (auto round = letters.begin()) {
      for (std::string& line : rest_of(*round)) met.insert(std::move(line));
      REQUIRE(round->finish().has_value());
    }
  }
  writer.join();
  CHECK(met.size() == kLetters);
  CHECK(std::set<std::string>(met.begin(), met.end()).size() == kLetters);
}
