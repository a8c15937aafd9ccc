#include "feeds/text/transcode.h"

#include "feeds/text/charset_names.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>

using namespace newsd;

namespace {

/// Every byte, in an order that no set's characters have.
std::string all_bytes(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(static_cast<unsigned char>(random() % 256));
  return bytes;
}

/// Converted in pieces so short that every one goes through iconv.
Transcoded in_pieces(std::string_view bytes, const char* name) {
  Transcoded out;
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(100, bytes.size()))) {
    const auto piece = transcode(bytes.substr(0, 100), name, 1);
    REQUIRE(piece);
    out.text += piece->text;
    out.replaced += piece->replaced;
  }
  return out;
}

}  // namespace

TEST_CASE("a long text in a set of single bytes is converted as its pieces are") {
  for (const char* label : {"windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
                            "windows-1256", "windows-1257", "windows-874", "iso-8859-2", "iso-8859-5", "iso-8859-6",
                            "iso-8859-7", "iso-8859-8", "iso-8859-15", "koi8-r", "koi8-u", "ibm866", "macintosh"}) {
    INFO(label);
    const CharsetName* set = find_charset(label);
    REQUIRE(set != nullptr);
    const std::string bytes = all_bytes(20'000, 7);
    const auto whole = transcode(bytes, set->iconv_name, set->unit);
    REQUIRE(whole);
    const Transcoded expected = in_pieces(bytes, set->iconv_name);
    CHECK(whole->text == expected.text);
    CHECK(whole->replaced == expected.replaced);
  }
}

TEST_CASE("a long text in a set of several bytes a character is converted whole") {
  std::string sjis, gb;
  for (int i = 0; i < 2000; ++i) {
    sjis += "\x83\x65\x83\x58\x83\x67 ";  // テスト
    gb += "\xB2\xE2\xCA\xD4 ";            // 测试
  }
  const auto japanese = transcode(sjis, "CP932", 1), chinese = transcode(gb, "GB18030", 1);
  REQUIRE((japanese && chinese));
  CHECK(japanese->text.substr(0, 20) == "テスト テスト ");
  CHECK(japanese->text.size() == 2000 * 10);
  CHECK(chinese->text.substr(0, 14) == "测试 测试 ");
  CHECK(japanese->replaced + chinese->replaced == 0);
}

TEST_CASE("marks that belong to the letter before them stay with it in a long text") {
  std::string hebrew;
  for (int i = 0; i < 2000; ++i) hebrew += "\xF9\xD1 ";  // shin and its dot
  const auto read = transcode(hebrew, "CP1255", 1);
  REQUIRE(read);
  CHECK(read->replaced == 0);
  CHECK(read->text.starts_with("\xEF\xAC\xAA "));  // U+FB2A
  CHECK(read->text.size() == 2000 * 4);
}

TEST_CASE("a set nobody knows is not converted") { CHECK_FALSE(transcode("x", "NO-SUCH-SET", 1)); }
