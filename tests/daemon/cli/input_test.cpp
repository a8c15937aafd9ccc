// Inputs named on the command line: files, stdin, requests; and inputs found again by their events.
#include "daemon/cli/input_archive.h"
#include "daemon/cli/input_file.h"
#include "daemon/cli/position.h"
#include "feeds/text/digest.h"
#include "tests/support/temporary_directory.h"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <thread>

using namespace newsd;

namespace {

std::filesystem::path written(const std::filesystem::path& file, std::string_view text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

}  // namespace

TEST_CASE("a file becomes a document with its address, its size and its hash") {
  const TemporaryDirectory folder;
  const auto file = written(folder.path() / "a b%.txt", "words");
  const auto opened =
      open_input({.name = file.string(), .content_type = "text/plain; charset=KOI8-R"}, 100, Format::Text, 0);
  CHECK_FALSE(opened.refused);
  const auto& d = opened.document;
  CHECK(d.bytes == "words");
  CHECK(d.origin.uri == "file://" + folder.path().string() + "/a%20b%25.txt");
  CHECK(path_of_file_uri(d.origin.uri) == file);
  CHECK(d.origin.bytes == 5);
  CHECK(d.origin.sha256 == sha256("words"));
  CHECK(d.forced == Format::Text);
  CHECK(d.declared_charset == "koi8-r");
  CHECK(d.origin.kind == OriginKind::Drop);
}

TEST_CASE("a file is read to one byte beyond the limit, whatever its size says") {
  const TemporaryDirectory folder;
  const auto file = written(folder.path() / "large", "");
  std::filesystem::resize_file(file, 1ull << 40);  // sparse
  CHECK(open_input({.name = file.string()}, 1000, Format::Unknown, 0).document.bytes.size() == 1001);
  const auto exact = written(folder.path() / "exact", std::string(1000, 'x'));
  CHECK(open_input({.name = exact.string()}, 1000, Format::Unknown, 0).document.bytes.size() == 1000);
}

TEST_CASE("what cannot be read is refused in words, with its address") {
  const TemporaryDirectory folder;
  const auto missing = open_input({.name = (folder.path() / "none").string()}, 100, Format::Unknown, 0);
  REQUIRE(missing.refused);
  CHECK(missing.refused->is(InputFileError::NotFound));
  CHECK(missing.document.origin.uri.ends_with("/none"));
  const auto directory = open_input({.name = folder.path().string()}, 100, Format::Unknown, 0);
  REQUIRE(directory.refused);
  CHECK(directory.refused->is(InputFileError::Unreadable));
}

TEST_CASE("a pipe is read to its end") {
  const TemporaryDirectory folder;
  const auto fifo = folder.path() / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::jthread writer([&] { std::ofstream(fifo) << "through a pipe"; });
  CHECK(open_input({.name = fifo.string()}, 100, Format::Unknown, 0).document.bytes == "through a pipe");
}

TEST_CASE("requests give files with the context they were served with") {
  const auto requests = parse_requests(
      "{\"file\": \"a.html\", \"url\": \"https://news.example/a\", \"headers\": {\"Content-Type\": \"text/html; "
      "charset=Windows-1251\"}}\n"
      "\n"
      "{\"file\": \"b.txt\"}\r\n"
      "{\"file\": \"c.txt\", \"headers\": {\"content-type\": \"text/plain; format=flowed; charset=\\\"utf-8\\\"; "
      "x=y\"}, \"more\": [1, {}]}");
  CHECK(requests.errors.empty());
  REQUIRE(requests.files.size() == 3);
  CHECK(requests.files[0].name == "a.html");
  CHECK(requests.files[0].url->str() == "https://news.example/a");
  CHECK(requests.files[0].content_type == "text/html; charset=Windows-1251");
  CHECK(requests.files[1] == InputFile{.name = "b.txt"});
  CHECK(requests.files[2].content_type == "text/plain; format=flowed; charset=\"utf-8\"; x=y");
}

TEST_CASE("a line that asks for nothing is told with its number, the others are served") {
  const auto requests = parse_requests(
      "no json\n{\"url\": \"https://a.example/\"}\n{\"file\": \"x\", \"url\": \"ftp://a\"}\n[1]\n{\"file\": "
      "\"y\"}\n{\"file\": ");
  REQUIRE(requests.files.size() == 2);
  CHECK(requests.files[1].name == "y");
  REQUIRE(requests.errors.size() == 4);
  CHECK(requests.errors[0].starts_with("line 1: "));
  CHECK(requests.errors[1] == "line 2: it names no \"file\"");
  CHECK(requests.errors[3].starts_with("line 6: "));
}

TEST_CASE("a file whose address is none is read without it, and that is said") {
  const auto requests = parse_requests("{\"file\": \"x\", \"url\": \"ftp://a\"}");
  CHECK(requests.errors.empty());
  REQUIRE(requests.files.size() == 1);
  CHECK(requests.files[0] == InputFile{.name = "x"});
  REQUIRE(requests.warnings.size() == 1);
  CHECK(requests.warnings[0].starts_with("line 1: "));
  CHECK(requests.warnings[0].ends_with("x is read without its address"));
}

TEST_CASE("an input is found where it lay, in done/, or there under another name") {
  const TemporaryDirectory folder;
  const auto place = folder.path() / "a.txt";
  const auto hash = sha256("words").to_hex();
  const auto found = [&] { return InputArchive().find(place, 5, hash); };
  CHECK_FALSE(found());
  const auto renamed = written(folder.path() / "done/a.1.txt", "words");
  CHECK(found() == "words");
  written(folder.path() / "done/a.txt", "other");  // the same size, another text
  CHECK(found() == "words");
  std::filesystem::remove(renamed);
  CHECK_FALSE(found());
  written(place, "words");
  CHECK(found() == "words");
}

TEST_CASE("only file URIs have a path") {
  CHECK(path_of_file_uri("file:///a%2Fb/%C3%A4") == "/a/b/ä");
  for (const auto* uri : {"https://a.example/x", "file://host/x", "file:///a%2", "file:///a%zz", ""}) {
    CAPTURE(uri);
    CHECK_FALSE(path_of_file_uri(uri));
  }
}

TEST_CASE("a position is a sequence number, a time, a while ago or an end of the stream") {
  const Instant now = *parse_rfc3339("2026-11-22T06:00:00Z");
  CHECK(parse_position("earliest", now) == From(FromEarliest{}));
  CHECK(parse_position("latest", now) == From(FromLatest{}));
  CHECK(parse_position("41", now) == From(FromAfter{Sequence(41)}));
  CHECK(parse_position("00000000000000000041", now) == From(FromAfter{Sequence(41)}));
  CHECK(parse_position("2026-11-22", now) == From(FromTime{*parse_rfc3339("2026-11-22T00:00:00Z")}));
  CHECK(parse_position("10m", now) == From(FromTime{*parse_rfc3339("2026-11-22T05:50:00Z")}));
  for (const auto* text : {"", "yesterday", "-5", "5.5", "10 m", "99999999999999999999999", "100000000000d"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_position(text, now));
  }
}
