#include "feeds/text/charset.h"

#include "feeds/text/charset_names.h"
#include "feeds/text/utf8.h"

#include <catch2/catch.hpp>

using namespace newsd;
using namespace std::string_literals;

namespace {

const std::string kGreeting =
    "Gr\xC3\xBC\xC3\x9F"
    "e \xE2\x82\xAC 5";  // Grüße € 5

/// "utf-8 valid-utf8": what decode() decided.
std::string decided(const Decoded& d) { return d.charset.used + " " + std::string(to_string(d.charset.how)); }

std::string utf16(std::u16string_view text, bool little) {
  std::string out;
  for (char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF), high = static_cast<char>(c >> 8);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

}  // namespace

TEST_CASE("a byte order mark decides, and is not part of the text") {
  const auto utf8 = decode("\xEF\xBB\xBF" + kGreeting, "windows-1252");
  CHECK(utf8.text == kGreeting);
  CHECK(decided(utf8) == "utf-8 bom");
  CHECK(utf8.charset.declared == "windows-1252");

  const auto little = decode("\xFF\xFE" + utf16(u"Grüße € 5", true));
  CHECK(little.text == kGreeting);
  CHECK(decided(little) == "utf-16le bom");
  const auto big = decode("\xFE\xFF" + utf16(u"Grüße € 5", false));
  CHECK(big.text == kGreeting);
  CHECK(decided(big) == "utf-16be bom");
  const auto utf32 = decode("\xFF\xFE\0\0A\0\0\0"s);
  CHECK(utf32.text == "A");
  CHECK(decided(utf32) == "utf-32le bom");
}

TEST_CASE("UTF-16 without a mark is seen by its zero bytes") {
  CHECK(decided(decode(utf16(u"The ferry left at nine.", true))) == "utf-16le detected");
  CHECK(decided(decode(utf16(u"The ferry left at nine.", false))) == "utf-16be detected");
  CHECK(decode(utf16(u"Паром ушёл в девять, и порт закрыли.\n", true)).text ==
        "Паром ушёл в девять, и порт закрыли.\n");
}

TEST_CASE("half a surrogate pair is replaced and counted") {
  const auto decoded = decode("\xFF\xFE" + utf16(u"a\xD800z", true));
  CHECK(decoded.text == "a\xEF\xBF\xBDz");
  CHECK(decoded.charset.replaced == 1);
}

TEST_CASE("well-formed UTF-8 wins over a declaration that contradicts it") {
  const auto decoded = decode(kGreeting, "ISO-8859-1");
  CHECK(decoded.text == kGreeting);
  CHECK(decided(decoded) == "utf-8 valid-utf8");
  CHECK(decoded.charset.declared == "windows-1252");
  CHECK(decided(decode(kGreeting, "UTF-8")) == "utf-8 header");
  CHECK(decided(decode(kGreeting, "utf8", CharsetSource::Declared)) == "utf-8 declared");
}

TEST_CASE("what is not UTF-8 is read as declared") {
  const auto latin = decode(
      "Gr\xFC\xDF"
      "e \x80 5",
      "iso-8859-1");
  CHECK(latin.text == kGreeting);
  CHECK(decided(latin) == "windows-1252 header");
  CHECK(decode("\xCF\xE0\xF0\xEE\xEC", " \"Windows-1251\"").text == "Паром");
  CHECK(decode("\xB6\xC9\xB4\xAC", "gb2312").text == "渡船");
  CHECK(decode("\x91\xE5\x8D\xE3", "shift_jis").text == "大阪");
  CHECK(decode("\x1B$BBg:e\x1B(B", "iso-2022-jp").text == "大阪");
}

TEST_CASE("a declaration of UTF-8 does not make windows-1252 unreadable") {
  const auto decoded = decode(
      "Ein Caf\xE9, ein \x84Zitat\x93 und Gr\xFC\xDF"
      "e aus M\xFCnchen.",
      "utf-8");
  CHECK(decoded.text == "Ein Café, ein „Zitat“ und Grüße aus München.");
  CHECK(decoded.charset.used == "windows-1252");
}

TEST_CASE("UTF-8 with a few broken characters stays UTF-8 and the broken ones are counted") {
  const auto decoded = decode("„Grüße“ – die Fähre fährt über den Fluss, caf\xE9 inklusive.");
  CHECK(decided(decoded) == "utf-8 detected");
  CHECK(decoded.charset.replaced == 1);
  CHECK(decoded.text.find("caf\xEF\xBF\xBD inklusive") != std::string::npos);
}

TEST_CASE("where UTF-8 is declared, a few good characters outweigh as many broken ones") {
  const std::string bytes = "\xE2\x80\x99quay\xE2\x80\x9D \xA9";
  const Decoded said = decode(bytes, "utf-8"), unsaid = decode(bytes);
  CHECK(said.text == "\xE2\x80\x99quay\xE2\x80\x9D \xEF\xBF\xBD");
  CHECK(said.charset.replaced == 1);
  CHECK(unsaid.charset.used == "windows-1252");
}

TEST_CASE("few bytes beyond ASCII without any declaration are windows-1252") {
  const auto decoded = decode("It\x92s late.");
  CHECK(decoded.text == "It’s late.");
  CHECK(decided(decoded) == "windows-1252 fallback");
}

TEST_CASE("a longer text in another alphabet is recognised") {
  const auto decoded = decode(
      "\xCF\xE0\xF0\xEE\xEC \xF3\xF8\xB8\xEB \xE2 \xE4\xE5\xE2\xFF\xF2\xFC \xF7\xE0\xF1\xEE\xE2, \xE8 "
      "\xEF\xEE\xF0\xF2 \xE7\xE0\xEA\xF0\xFB\xEB\xE8 \xE4\xEE \xF3\xF2\xF0\xE0. \xCA\xE0\xEF\xE8\xF2\xE0\xED "
      "\xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE \xE2\xE5\xF2\xE5\xF0 \xE1\xFB\xEB \xF1\xE8\xEB\xFC\xED\xFB\xEC.");
  CHECK(decided(decoded) == "windows-1251 detected");
  CHECK(decoded.text.starts_with("Паром ушёл в девять часов"));
}

TEST_CASE("whatever the bytes, the text is well-formed") {
  for (const char* charset :
       {"", "utf-8", "utf-16", "gb18030", "big5", "euc-kr", "iso-2022-jp", "utf-32", "windows-1253", "no-such-set"}) {
    std::string bytes;
    for (int i = 0; i < 1024; ++i) bytes += static_cast<char>(i * 37 % 251 + (i % 5));
    CAPTURE(charset);
    CHECK(is_valid_utf8(decode(bytes, charset).text));
    CHECK(is_valid_utf8(decode(bytes + "\x81", charset).text));
  }
  CHECK(decode("").text.empty());
}

TEST_CASE("labels are read in any case and mean the superset in use") {
  REQUIRE(find_charset("Latin1") != nullptr);
  CHECK(find_charset("Latin1")->name == "windows-1252");
  CHECK(find_charset("GBK")->name == "gb18030");
  CHECK(find_charset("'utf8'")->name == "utf-8");
  CHECK(find_charset("") == nullptr);
  CHECK(find_charset("klingon") == nullptr);
}
