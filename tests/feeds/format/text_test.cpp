#include "feeds/format/text.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string shown(std::string_view text) {
  std::string out;
  for (const TextUnit& u : read_text(text).units) {
    out += std::to_string(u.lines.first) + "-" + std::to_string(u.lines.last) + "/" + std::to_string(u.block) + " " +
           u.text + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("lines that hold something are numbered and stand in blocks") {
  CHECK(shown("\n Title \n\n\nOne.\nTwo.\n \xC2\xA0 \nThree.") ==
        "2-2/0 Title\n5-5/1 One.\n6-6/1 Two.\n8-8/2 Three.\n");
  CHECK(shown("") == "");
}

TEST_CASE("the layout is known") {
  CHECK(read_text("a\n\nb\n\nc\n").blank_separated);
  CHECK_FALSE(read_text("a\nb\nc\n").blank_separated);
}

TEST_CASE("hard-wrapped lines are joined to paragraphs again") {
  const char* wrapped =
      "Harbour reopens\n"
      "\n"
      "The harbour of the town was opened again on Monday after three\n"
      "days of storm, and the ferries that had waited outside the bay\n"
      "came in one after another until the evening.\n"
      "\n"
      "Nobody was hurt, the harbour master said, but the eastern quay\n"
      "will have to be rebuilt before the winter.\n";
  CHECK(read_text(wrapped).hard_wrapped);
  CHECK(shown(wrapped) ==
        "1-1/0 Harbour reopens\n"
        "3-5/1 The harbour of the town was opened again on Monday after three days of storm, and the ferries that had "
        "waited outside the bay came in one after another until "
        "the evening.\n"
        "7-8/2 Nobody was hurt, the harbour master said, but the eastern quay will have to be rebuilt before the "
        "winter.\n");
}

TEST_CASE("short lines that are sentences of their own are not joined") {
  const char* lines =
      "The harbour of the town was opened again on Monday.\n"
      "The ferries that had waited outside came in at once.\n"
      "Nobody was hurt in the storm, said the harbour master.\n"
      "The eastern quay will have to be rebuilt by winter.\n";
  CHECK_FALSE(read_text(lines).hard_wrapped);
  CHECK(read_text(lines).units.size() == 4);
}

TEST_CASE("lines beyond the limits are cut and said to be") {
  TextLimits limits;
  limits.max_lines = 2;
  CHECK(read_text("a\nb\nc", limits).truncated);
  limits = {};
  limits.max_line_bytes = 5;
  const auto cut = read_text("caf\xC3\xA9\xC3\xA9", limits);
  CHECK(cut.truncated);
  CHECK(cut.units.at(0).text == "caf\xC3\xA9");
  limits.first_line = 7;
  CHECK(read_text("a", limits).units.at(0).lines == LineRange{7, 7});
}
