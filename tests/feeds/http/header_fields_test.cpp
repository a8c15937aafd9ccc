#include "feeds/http/header_fields.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

TEST_CASE("a field is found in any case of letters, its value is kept byte for byte") {
  HeaderFields header;
  CHECK(header.add_line("HTTP/1.1 200 OK\r\n"));
  CHECK(header.add_line("ETag:  W/\"a b\xe9\" \t\r\n"));
  CHECK(header.add_line("Link: <a>\r\n"));
  CHECK(header.add_line("link: <b>"));
  CHECK(header.add_line("\r\n"));
  CHECK(header.value("eTAG") == "W/\"a b\xe9\"");
  CHECK(header.values("LINK") == std::vector<std::string_view>{"<a>", "<b>"});
  CHECK_FALSE(header.value("etag "));
}

TEST_CASE("a header without end is cut off") {
  HeaderFields header;
  const std::string line = "X-Fill: " + std::string(1000, 'y');
  std::size_t taken = 0;
  while (header.add_line(line)) ++taken;
  CHECK(taken == HeaderFields::kMaxBytes / line.size());
  CHECK(header.fields().size() == taken);
}

TEST_CASE("validators are opaque: quotes, weakness and odd dates stay as they came") {
  HeaderFields header;
  header.add_line("ETag: bare:7--gzip");
  header.add_line("Last-Modified: Tue, 14 Nov 2023 22:13:20 +0000");
  CHECK(validators_of(header) == Validators{"bare:7--gzip", "Tue, 14 Nov 2023 22:13:20 +0000"});
}

TEST_CASE("a validator that cannot be sent back as it is, is none") {
  HeaderFields header;
  header.add("ETag", "\"a\rX-Evil: 1\"");
  header.add("Last-Modified", std::string(2000, 'a'));
  CHECK(validators_of(header) == Validators{});
}

}  // namespace
}  // namespace newsd
