#include "daemon/stream/client_limit.h"
#include "daemon/ops/log.h"

#include <catch2/catch.hpp>

#include <string>

#include <fcntl.h>
#include <unistd.h>

using namespace newsd;

TEST_CASE("that clients are turned away is said once, and once when there is room again, with how many they were") {
  int fds[2];
  REQUIRE(::pipe2(fds, O_CLOEXEC | O_NONBLOCK) == 0);
  set_log({LogLevel::Info, LogStyle::Plain, fds[1]});
  ClientLimit limit("serve", "http");
  CHECK(limit.admits(19, 20));
  for (int i = 0; i < 1000; ++i) CHECK_FALSE(limit.admits(20, 20));
  CHECK(limit.admits(19, 20));  // room for one is none for a crowd
  CHECK_FALSE(limit.admits(20, 20));
  CHECK(limit.turned_away() == 1001);
  CHECK(limit.admits(17, 20));
  CHECK(limit.turned_away() == 0);
  CHECK(limit.admits(17, 20));
  set_log({});
  ::close(fds[1]);
  std::string said(4096, '\0');
  said.resize(static_cast<std::size_t>(::read(fds[0], said.data(), said.size())));
  ::close(fds[0]);
  CHECK(said.find("too many clients") == said.rfind("too many clients"));
  CHECK(said.find("output=http most=20") != std::string::npos);
  CHECK(said.find("there is room for clients again") == said.rfind("there is room for clients again"));
  CHECK(said.find("turned_away=1001") != std::string::npos);
}
