#include "feeds/text/base64.h"

#include <catch2/catch.hpp>

#include <string>

using namespace newsd;

TEST_CASE("base64 is that of RFC 4648, both ways") {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"},
                                                         {std::string("\0\xff\xfe", 3), "AP/+"}};
  for (const auto& [bytes, text] : vectors) {
    CAPTURE(text);
    CHECK(base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
}

TEST_CASE("what is no base64 stands for no bytes") {
  for (const char* text : {"Zg", "Zg=", "Zm9v\n", "Zm9-", "=", "====", "Z===", "Zm=v", "Zm9v Zm9v"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text).has_value());
  }
}
