// `newsd explain`: what is printed of a text, of a page and of an article in the journal.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/explain_article.h"
#include "daemon/cli/explain_file.h"
#include "daemon/event/payload.h"
#include "daemon/journal/journal.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr std::string_view kDump =
    "Road to the mill mended\n\nThe council met on Monday evening and agreed, after a debate of three hours, to mend "
    "the road to the mill.\n\nWork is to begin in spring, the engineer said, and to end before the first of the summer "
    "guests arrive.\n\nLeave a reply\n";

struct Ran {
  int status;
  std::string out, err;
};
Ran explain_with(std::vector<std::string> arguments, std::string_view input = {}) {
  CapturedConsole captured(input);
  arguments.insert(arguments.begin(), "explain");
  const int status = run_command_line(arguments, captured.console());
  return {status, captured.out(), captured.err()};
}

constexpr std::string_view kId = "9c2abbd5-dd4f-55c8-bee5-933ead7699e4";

/// Version `n` of the article kId.
Record version(std::uint64_t n) {
  Record r;
  r.sequence = Sequence(n);
  r.type = n == 1 ? EventType::ArticleNew : EventType::ArticleUpdated;
  r.id = event_id(r.type, kId, static_cast<std::uint32_t>(n), "");
  r.subject = "urn:uuid:" + std::string(kId);
  r.source = "newsd://news.example/main";
  r.placed =
      "\"uri\":\"" + r.subject + "\",\"version\":\"" + std::to_string(n) +
      "\"\n\"version\":1,\"dedupe\":{\"verdict\":\"unique\",\"nearest\":\"urn:uuid:1\",\"similarity\":0.12,"
      "\"containment\":0.25,\"evidence\":[\"both have “the road to the mill”\"]},\"story\":{\"uri\":\"urn:uuid:2\","
      "\"role\":\"member\",\"size\":4,\"similarity\":0.31}";
  r.payload = packed(
      "\"headlines\":[{\"role\":\"main\",\"value\":\"Road\\u001b[2J mended\"}],\"subjects\":[{\"name\":\"road "
      "transport\",\"literal\":\"medtop:7\",\"relevance\":60,\"confidence\":70}]\n\"origin\":{\"uri\":\"file:///"
      "in/a.txt\",\"format\":\"text\",\"bytes\":40},\"missing\":[\"url\"],\"classify\":{\"why\":{\"medtop:7\":["
      "\"road\"]}}");
  return r;
}

}  // namespace

TEST_CASE("an article's events come out of the journal, oldest first, by its id") {
  const TemporaryDirectory dir;
  const std::string state = dir.path().string();
  {
    auto journal = Journal::open(dir.path(), {});
    REQUIRE(journal.has_value());
    Batch batch;
    batch.events = {version(1), version(2)};
    REQUIRE((*journal)->commit(batch, Instant()).has_value());
  }
  for (const std::string& id : {std::string(kId), "urn:uuid:" + std::string(kId)}) {
    const Ran ran = explain_with({id, "--state-dir", state});
    CHECK(ran.status == kExitOk);
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 2);
    CHECK(ran.out.find("newsd.article.new") < ran.out.find("newsd.article.updated"));
  }
  const Ran unknown = explain_with({"00000000-0000-5000-8000-000000000001", "--state-dir", state});
  CHECK(unknown.status == kExitBadInput);
  CHECK(unknown.err.find("no event about urn:uuid:00000000-") != std::string::npos);
}

TEST_CASE("for people an article's event says what it is like, by what words, and its story") {
  const std::string text = text_of({line_of(version(1)).value(), "no event"}, {});
  CHECK(text.find("headline   Road [2J mended\n") != std::string::npos);
  CHECK(text.find("nearest    urn:uuid:1\n") != std::string::npos);
  CHECK(text.find("because    both have “the road to the mill”\n") != std::string::npos);
  CHECK(text.find("story      urn:uuid:2, member of 4, 0.31 like it\n") != std::string::npos);
  CHECK(text.find("about      road transport (60 relevant, 70 sure): road\n") != std::string::npos);
  CHECK(text.find("missing    url\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.ends_with("no event\n\n"));
}

TEST_CASE("in a pipe each line is an object with its part, rule and score") {
  const Ran ran = explain_with({"-"}, kDump);
  CHECK(ran.status == kExitOk);
  CHECK(ran.out.starts_with(R"({"file":"-","lines":[1,1],"part":"headline","rule":)"));
  CHECK(ran.out.find(R"("part":"removed","kind":"comment-form","rule":"phrase")") != std::string::npos);
  CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 4);
}

TEST_CASE("for people kept and removed parts differ in sign and colour, and nothing steers the terminal") {
  constexpr Palette kMarks{"<0>", "<b>", "<d>", "<r>", "<g>", "<y>", "<u>", "<c>"};
  Explanation explanation;
  explanation.parts = {{{1, 1}, LineRole::Body, RemovedKind::Other, "paragraph-run", 2.5, "The road\x1b[2J"},
                       {{2, 3}, LineRole::Removed, RemovedKind::Related, "phrase", -2, "Related"}};
  const std::string text = text_of(explanation, "a.txt", kMarks);
  CHECK(text.find("<g>+ body") != std::string::npos);
  CHECK(text.find("<r>- related") != std::string::npos);
  CHECK(text.find("2–3") != std::string::npos);
  CHECK(text.find("2.50") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text_of(explanation, "a.txt", {}).find('<') == std::string::npos);
}

TEST_CASE("what is no file, no address or no text is answered in words") {
  CHECK(explain_with({"/nowhere/at/all.txt"}).status == kExitBadInput);
  CHECK(explain_with({"/nowhere/at/all.txt"}).err.find("/nowhere/at/all.txt") != std::string::npos);
  CHECK(explain_with({"--url", "no address", "-"}, kDump).status == kExitUsage);
  CHECK(explain_with({"-"}, "").status == kExitBadInput);
  CHECK(explain_with({"-"}, R"({"title":"a","body":"b"})").status == kExitBadInput);
}
