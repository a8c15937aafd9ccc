#include "feeds/source/stream_pieces.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kMost = 1000;

/// All pieces of a text that comes in slices of so many bytes.
std::vector<StreamPiece> pieces_of(std::string_view text, std::size_t slice, Format forced = Format::Unknown) {
  StreamPieces pieces(kMost, forced);
  std::vector<StreamPiece> out;
  const auto take = [&] {
    while (auto piece = pieces.next()) out.push_back(std::move(*piece));
  };
  for (std::size_t at = 0; at < text.size(); at += slice) {
    pieces.add(text.substr(at, slice));
    take();
  }
  pieces.end();
  take();
  return out;
}

std::string joined(const std::vector<StreamPiece>& pieces) {
  std::string out;
  for (const StreamPiece& piece : pieces) out += piece.bytes;
  return out;
}

}  // namespace

TEST_CASE("lines come whole and with their numbers however the stream is cut") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "{\"title\":\"" + std::to_string(i) + "\"}\n";
  const std::size_t slice = GENERATE(1, 7, 64, 100'000);
  const auto pieces = pieces_of(text, slice);
  CHECK(joined(pieces) == text);
  std::uint32_t line = 1;
  for (const StreamPiece& piece : pieces) {
    CHECK(piece.first_line == line);
    CHECK(piece.forced == Format::ArticleNdjson);
    CHECK(piece.bytes.ends_with("}\n"));
    const auto lines = static_cast<std::uint32_t>(std::count(piece.bytes.begin(), piece.bytes.end(), '\n'));
    CHECK(lines <= StreamPieces::kPieceLines);
    line += lines;
  }
}

TEST_CASE("a last line without a line feed is a line") {
  const auto pieces = pieces_of("{\"a\":1}\n{\"a\":2}", 3);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[1].bytes == "{\"a\":2}");
  CHECK(pieces[1].first_line == 2);
}

TEST_CASE("a piece has at most 256 KiB unless one line has more") {
  StreamPieces pieces(1 << 20, Format::ArticleNdjson);
  const std::string line = "{\"t\":\"" + std::string(100'000, 'x') + "\"}\n";
  const std::string long_line = "{\"t\":\"" + std::string(500'000, 'x') + "\"}\n";
  pieces.add(line + line + line + long_line + line);
  CHECK(pieces.next()->bytes.size() == 2 * line.size());
  CHECK(pieces.next()->bytes.size() == line.size());
  CHECK(pieces.next()->bytes.size() == long_line.size());
  CHECK(pieces.next()->first_line == 5);
  CHECK_FALSE(pieces.next());
}

TEST_CASE("a line longer than a document is told with its number, and the lines after it are read") {
  const std::string text = "{\"a\":1}\n{\"b\":\"" + std::string(3 * kMost, 'x') + "\"}\n\n{\"c\":3}\n";
  const std::size_t slice = GENERATE(5, 900, 100'000);
  const auto pieces = pieces_of(text, slice);
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].bytes == "{\"a\":1}\n");
  CHECK(pieces[1].too_large);
  CHECK(pieces[1].first_line == 2);
  CHECK(pieces[1].bytes.empty());
  CHECK(pieces[2].bytes.find("{\"c\":3}\n") != std::string::npos);
  CHECK(pieces[2].first_line + std::count(pieces[2].bytes.begin(), pieces[2].bytes.end(), '\n') - 1 == 4);
}

TEST_CASE("blank lines make no pieces but are counted") {
  const auto pieces = pieces_of("{\"a\":1}\n" + std::string(1000, '\n') + "{\"b\":2}\n", 1);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[1].bytes == "{\"b\":2}\n");
  CHECK(pieces[1].first_line == 1002);
}

TEST_CASE("anything else is one document at the end") {
  for (const std::string text :
       {"A headline\n\nA paragraph.\n", "{\n  \"title\": \"pretty printed\"\n}\n", "[1]\n", "<rss/>",
        "\xEF\xBB\xBFwords", "{\"one\":\"line\"}", "  {\"one\":\"line without end"}) {
    const auto pieces = pieces_of(text, 4);
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].bytes == text);
    CHECK(pieces[0].forced == Format::Unknown);
    CHECK(pieces[0].first_line == 1);
  }
}

TEST_CASE("one object on one line is left to detection when it is known to be all") {
  const auto pieces = pieces_of("{\"version\":\"1\"}\n\n", 100);
  StreamPieces at_once(kMost, Format::Unknown);
  at_once.add("{\"version\":\"1\"}\n");
  at_once.end();
  CHECK(at_once.next()->forced == Format::Unknown);
  CHECK(pieces.size() == 1);
}

TEST_CASE("a byte order mark does not hide that a stream is NDJSON") {
  const auto pieces = pieces_of("\xEF\xBB\xBF{\"a\":1}\n{\"b\":2}\n", 2);
  REQUIRE_FALSE(pieces.empty());
  CHECK(pieces[0].forced == Format::ArticleNdjson);
}

TEST_CASE("the format asked for decides, not the bytes") {
  CHECK(pieces_of("{\"a\":1}\n{\"a\":2}\n", 4, Format::Text).size() == 1);
  CHECK(pieces_of("not json\nat all\n", 4, Format::ArticleNdjson).size() == 2);
}

TEST_CASE("a document that is too large is told once and its bytes are not kept") {
  StreamPieces pieces(kMost, Format::Unknown);
  pieces.add(std::string(kMost + 1, 'x'));
  const auto piece = pieces.next();
  REQUIRE(piece);
  CHECK(piece->too_large);
  CHECK(pieces.full());
  CHECK_FALSE(pieces.next());
}

TEST_CASE("an empty stream has no pieces") {
  CHECK(pieces_of("", 1).empty());
  CHECK(pieces_of("", 1, Format::ArticleNdjson).empty());
}

}  // namespace newsd
