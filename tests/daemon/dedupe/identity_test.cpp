#include "daemon/dedupe/identity.h"

#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {
std::vector<IdentityKind> kinds_of(const Article& a, const Origin& origin) {
  std::vector<IdentityKind> kinds;
  for (const Identity& identity : identities_of(a, origin, {1, 2})) kinds.push_back(identity.key.kind);
  return kinds;
}
}  // namespace

TEST_CASE("the ladder is id, guid, URL, path") {
  Article a = with_url(with_id(article("x", {"y"}), "17"), "https://news.example/1");
  a.guid = "g";
  using enum IdentityKind;
  CHECK(kinds_of(a, dropped_as("a.txt")) == std::vector{ExplicitId, ExplicitId, Url, Path});
}

TEST_CASE("what has nothing else is identified by its text, and by nothing else") {
  Origin stream;
  stream.kind = OriginKind::Stdin;
  stream.name = "-";
  stream.member = "3";
  CHECK(kinds_of(article("x", {"y"}), stream) == std::vector{IdentityKind::Content});
  CHECK(kinds_of(with_id(article("x", {"y"}), "17"), stream) == std::vector{IdentityKind::ExplicitId});
}

TEST_CASE("an id and a guid of the same letters are two identities") {
  Article a = with_id(article("x", {"y"}), "17");
  Article b = article("x", {"y"});
  b.guid = "17";
  CHECK(candidate_of(a, dropped_as("a")).identities.front() != candidate_of(b, dropped_as("a")).identities.front());
}

TEST_CASE("names are told apart where their parts meet") {
  const Article a = article("x", {"y"});
  CHECK(candidate_of(a, dropped_as("b", "ca")).self != candidate_of(a, dropped_as("ab", "c")).self);
  CHECK(candidate_of(with_id(a, "1"), dropped_as("n", "in1")).self !=
        candidate_of(with_id(a, "11"), dropped_as("n", "in")).self);
}

TEST_CASE("members of one file are articles of their own") {
  Article one = article("x", {"y"}), two = one;
  one.member = "1";
  two.member = "2";
  CHECK(candidate_of(one, dropped_as("a.ndjson")).self != candidate_of(two, dropped_as("a.ndjson")).self);
}

TEST_CASE("a subject is a version 5 UUID that never changes") {
  const Candidate c = candidate_of(article("x", {"y"}), dropped_as("a.txt"));
  CHECK(c.self.value().to_string() == "5a12aac8-7f73-5838-81c9-f185184cc8fa");
  CHECK(story_of_first(c.self).value().to_string() == "649e3e59-dbee-5585-ab29-8043357fef1a");
}

TEST_CASE("the words of an identity are short and whole characters") {
  std::string name;
  for (int i = 0; i < 400; ++i) name += "ü";
  const Candidate c = candidate_of(article("x", {"y"}), dropped_as(name));
  CHECK(c.identified_by.front().size() <= 300);
  CHECK(c.identified_by.front().ends_with("ü…"));
}

TEST_CASE("a guid that a feed gives to entries with different pages says nothing of who they are") {
  const auto entry = [](const std::string& guid, const std::string& page) {
    Article made = with_url(article("x", {"y"}), "https://news.example/" + page);
    made.guid = guid;
    return made;
  };
  const Article one = entry("g", "1"), two = entry("g", "2"), own = entry("h", "3"), again = entry("h", "3");
  SharedGuids guids;
  for (const Article* a : {&one, &two, &own, &again}) guids.see(*a);
  CHECK(guids.size() == 1);
  const Origin origin = dropped_as("");
  CHECK(candidate_of(one, origin).self == candidate_of(two, origin).self);
  CHECK(candidate_of(one, origin, guids.says(one)).self != candidate_of(two, origin, guids.says(two)).self);
  CHECK(guids.says(own) == GuidSays::WhoItIs);
}

TEST_CASE("a page and a guid stay what they are when they change between http and https") {
  Article plain = with_url(article("x", {"y"}), "http://news.example/1"),
          secure = with_url(article("x", {"y"}), "https://news.example/1");
  CHECK(candidate_of(plain, dropped_as("a")).identities.front() ==
        candidate_of(secure, dropped_as("a")).identities.front());
  plain.guid = "http://news.example/?p=1";
  secure.guid = "https://news.example/?p=1";
  CHECK(candidate_of(plain, dropped_as("a")).self == candidate_of(secure, dropped_as("a")).self);
  secure.guid = "https://news.example/?p=2";
  CHECK(candidate_of(plain, dropped_as("a")).self != candidate_of(secure, dropped_as("a")).self);

  SharedGuids guids;
  plain.guid = secure.guid = "g";
  guids.see(plain);
  guids.see(secure);
  CHECK(guids.says(plain) == GuidSays::WhoItIs);  // one page by two schemes
}

TEST_CASE("a guid that every entry of a feed has says nothing, and the entries are told apart by their pages") {
  SharedGuids guids;
  std::vector<Article> entries;
  for (int n = 0; n < 3; ++n) {
    entries.push_back(with_url(article("x", {"y"}), "https://news.example/" + std::to_string(n)));
    entries.back().guid = "https://news.example/";
    guids.see(entries.back());
  }
  const auto named = [&](const Article& entry) {
    return candidate_of(entry, dropped_as("feed.xml"), guids.says(entry)).identities.front();
  };
  CHECK(named(entries[0]) != named(entries[1]));
  CHECK(named(entries[1]) != named(entries[2]));
}
