// Every file of tests/golden/feed-model is read and its model compared with <case>.expect.json beside it.
// NEWSD_UPDATE_GOLDEN=1 writes those anew: look at the difference before it is committed.
#include "daemon/cli/feed_model.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

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

void write(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

/// The model, a member a line.
std::string model_of(std::string_view bytes) {
  const auto document = parse_feed_document(bytes, {"https://golden.example/feeds/one", "", "", ""});
  if (!document) return std::string(document.error().code) + ": " + document.error().text + "\n";
  JsonText json;
  append_feed_model(json, *document);
  std::string out;
  for (const char c : json.take()) {
    out += c;
    if (c == ',' || c == '[') out += '\n';
  }
  return out + '\n';
}

}  // namespace

TEST_CASE("golden feeds give the model they gave") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(NEWSD_SOURCE_DIR) / "tests/golden/feed-model")) {
    if (!entry.path().string().ends_with(".expect.json")) files.push_back(entry.path());
  }
  REQUIRE(files.size() >= 10);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const std::string got = model_of(bytes_of(file));
    const fs::path expected = fs::path(file).replace_extension(".expect.json");
    if (std::getenv("NEWSD_UPDATE_GOLDEN") != nullptr)
      write(expected, got);
    else
      CHECK(got == bytes_of(expected));
  }
}

TEST_CASE("parse --as feed answers every request with one line, in their order") {
  const TemporaryDirectory folder;
  const auto feed = folder.path() / "a.xml", words = folder.path() / "b.txt", missing = folder.path() / "c.xml";
  write(feed, "<rss version='2.0'><channel><item><title>\xc4\xe0</title><link>1</link></item></channel></rss>");
  write(words, "words");
  const auto requests = folder.path() / "requests";
  write(requests, "{\"file\": \"" + words.string() + "\"}\n{\"file\": \"" + feed.string() +
                      "\", \"url\": \"https://n.example/f/\", \"headers\": {\"Content-Type\": \"text/xml; "
                      "charset=windows-1251\", \"Content-Location\": \"/g/\"}}\n{\"file\": \"" +
                      missing.string() + "\"}\n");
  CapturedConsole captured("");
  const std::vector<std::string> arguments{"parse", "--as", "feed", "--requests", requests.string()};
  const int status = run_command_line(arguments, captured.console());
  CHECK(status == kExitBadInput);
  const std::string out = captured.out();
  CHECK(std::count(out.begin(), out.end(), '\n') == 3);
  const std::string_view first_two = std::string_view(out).substr(0, out.find("c.xml"));
  CHECK(first_two.find(
            "{\"file\":\"" + words.string() +
            "\",\"error\":{\"code\":\"not-a-feed\",\"text\":\"this is plain text, no feed\"}}\n{\"file\":\"" +
            feed.string() + "\",\"doc\":{\"format\":\"rss20\",\"encoding\":\"windows-1251\",\"malformed\":false") == 0);
  CHECK(first_two.find("\"title\":\"Да\"") != std::string::npos);
  CHECK(first_two.find("\"link\":\"https://n.example/g/1\"") != std::string::npos);
  CHECK(out.find("\"error\":{\"code\":\"not-found\"") != std::string::npos);
}
