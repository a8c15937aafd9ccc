// Every file of the folders of tests/golden named below is read and compared with <case>.expect.json beside it.
// NEWSD_UPDATE_GOLDEN=1 writes those anew: look at the difference before it is committed.
#include "feeds/extract/read.h"
#include "tests/feeds/extract/reading_json.h"

#include <catch2/catch.hpp>

#include <algorithm>
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

std::vector<fs::path> cases(const std::string& format) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(NEWSD_SOURCE_DIR) / "tests/golden" / format)) {
    if (!entry.path().string().ends_with(".expect.json")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void check(const std::string& format, std::size_t least) {
  const auto files = cases(format);
  REQUIRE(files.size() >= least);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    Document document;
    document.bytes = bytes_of(file);
    document.origin.name = file.filename().string();
    const std::string got = reading_json(read(document));
    const fs::path expected = fs::path(file).replace_extension(".expect.json");
    if (std::getenv("NEWSD_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(expected, std::ios::binary) << got;
    } else {
      CHECK(got == bytes_of(expected));
    }
  }
}

}  // namespace

TEST_CASE("golden texts are read as they were") { check("text", 6); }
TEST_CASE("golden pages are read as they were") { check("html", 6); }
TEST_CASE("golden NDJSON is read as it was") { check("ndjson", 6); }
TEST_CASE("golden feeds are read as they were") {
  for (const char* format : {"rss", "atom", "rdf", "jsonfeed", "sitemap"}) check(format, 1);
}
