#include "daemon/config/listen_address.h"

#include "daemon/config/secret_file.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>

namespace newsd {

TEST_CASE("an address to listen at is numbers, with a port") {
  CHECK(parse_listen_address("127.0.0.1:7790") == ListenAddress{"127.0.0.1", 7790, false, true});
  CHECK(parse_listen_address("127.3.2.1:1") == ListenAddress{"127.3.2.1", 1, false, true});
  CHECK(parse_listen_address("0.0.0.0:80") == ListenAddress{"0.0.0.0", 80, false, false});
  CHECK(parse_listen_address("[::1]:65535") == ListenAddress{"::1", 65535, true, true});
  CHECK(parse_listen_address("[::]:0") == ListenAddress{"::", 0, true, false});
  CHECK_FALSE(parse_listen_address("[::ffff:127.0.0.1]:1")->is_loopback);  // better asked for a token than not
}

TEST_CASE("what is no address and port is none") {
  for (const auto* text :
       {"", ":", "7790", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:1x", "localhost:7790",
        "::1:7790", "[::1]", "[127.0.0.1]:1", "127.1:1", "[::1%lo]:1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_listen_address(text));
  }
}

TEST_CASE("a secret is the first line of its file, without white space around it") {
  TemporaryDirectory folder;
  const auto file = folder.path() / "token";
  std::ofstream(file) << "  0123456789abcdef\t\r\nsecond line\n";
  CHECK(read_secret(file).value() == "0123456789abcdef");
}

TEST_CASE("a secret that is too short, too long, absent or a directory is refused without showing it") {
  TemporaryDirectory folder;
  const auto file = folder.path() / "token";
  std::ofstream(file) << "tooshort\n";
  const auto refused = read_secret(file);
  REQUIRE(refused.has_error());
  CHECK(refused.error().is(ConfigError::OutOfRange));
  CHECK(refused.error().message().find("tooshort") == std::string::npos);
  std::ofstream(file) << std::string(kSecretMost + 1, 'x');
  CHECK(read_secret(file).error().is(ConfigError::OutOfRange));
  CHECK(read_secret(folder.path() / "absent").error().is(ConfigError::Unreadable));
  CHECK(read_secret(folder.path()).error().is(ConfigError::Unreadable));
}

}  // namespace newsd
