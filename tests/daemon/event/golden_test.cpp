// Every sample in every encoding against tests/golden/event/samples.<encoding>. After a wanted change: event_lines
// ENCODING > that file, and read the diff.
#include "daemon/event/encoding.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace newsd {
namespace {

std::vector<std::string> lines_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("every event reads in every encoding as it was recorded to read") {
  for (const Encoding& encoding : encodings()) {
    const auto expected =
        lines_of_file(std::string(NEWSD_SOURCE_DIR) + "/tests/golden/event/samples." + std::string(encoding.name));
    std::vector<std::string> got;
    for (const Record& record : one_of_every_type()) {
      if (auto text = encoding.encode(line_of(record).value())) got.push_back(*text);
    }
    INFO(encoding.name);
    REQUIRE(expected.size() == got.size());
    for (std::size_t i = 0; i < got.size(); ++i) CHECK(got[i] == expected[i]);
  }
}

}  // namespace
}  // namespace newsd
