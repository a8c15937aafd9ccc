#include "feeds/text/entities.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string decoded(std::string_view html) {
  std::string out;
  append_decoded(out, html);
  return out;
}

}  // namespace

TEST_CASE("named, decimal and hexadecimal references become characters") {
  CHECK(decoded("Fish &amp; chips &lt;5&euro; &hellip;") == "Fish & chips <5€ …");
  CHECK(decoded("&#8220;Yes&#x201D; &#X41;") == "“Yes” A");
  CHECK(decoded("&Eacute;t&eacute; &apos;") == "Été '");
}

TEST_CASE("numbers of windows-1252 mean what browsers make of them") { CHECK(decoded("it&#146;s") == "it’s"); }

TEST_CASE("what is no reference stays as it is") {
  CHECK(decoded("AT&T; R&D, a & b, &unknown; &#; &#x; &#12a; &") == "AT&T; R&D, a & b, &unknown; &#; &#x; &#12a; &");
  CHECK(decoded("&" + std::string(100, 'a') + ";") == "&" + std::string(100, 'a') + ";");
}

TEST_CASE("numbers that are no characters become U+FFFD") {
  CHECK(decoded("&#0;&#xD800;&#x110000;&#99999999999999999;") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}
