#include "daemon/stream/listening_socket.h"

#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {

TEST_CASE("a socket is made with the mode asked for, and its path goes when it is unlinked") {
  TemporaryDirectory folder;
  ListeningSocket socket = std::move(ListeningSocket::at(folder / "s", 0600).value());
  struct stat info {};
  REQUIRE(::stat((folder / "s").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  socket.unlink();
  CHECK_FALSE(std::filesystem::exists(folder / "s"));
}

TEST_CASE("a socket that nobody listens at is taken over, a live one is not") {
  TemporaryDirectory folder;
  { ListeningSocket killed = std::move(ListeningSocket::at(folder / "s", 0660).value()); }
  REQUIRE(std::filesystem::exists(folder / "s"));
  ListeningSocket alive = std::move(ListeningSocket::at(folder / "s", 0660).value());
  CHECK(ListeningSocket::at(folder / "s", 0660).error().is(StreamError::InUse));
  alive.unlink();
}

TEST_CASE("another's path is not removed") {
  TemporaryDirectory folder;
  ListeningSocket first = std::move(ListeningSocket::at(folder / "s", 0660).value());
  std::filesystem::rename(folder / "s", folder / "moved");
  ListeningSocket second = std::move(ListeningSocket::at(folder / "s", 0660).value());
  first.unlink();
  CHECK(std::filesystem::exists(folder / "s"));
}

TEST_CASE("a path that is no socket, too long or in no directory is refused") {
  TemporaryDirectory folder;
  std::ofstream(folder / "file") << "kept";
  CHECK(ListeningSocket::at(folder / "file", 0660).error().is(StreamError::CannotCreate));
  CHECK(std::filesystem::exists(folder / "file"));
  CHECK(ListeningSocket::at(folder / std::string(120, 's').c_str(), 0660).error().is(StreamError::CannotCreate));
  CHECK(ListeningSocket::at(folder / "missing/s", 0660).error().is(StreamError::CannotCreate));
  CHECK(ListeningSocket::at("", 0660).error().is(StreamError::CannotCreate));
}

TEST_CASE("an inherited descriptor must be a listening unix socket") {
  int pair[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  CHECK(ListeningSocket::adopt(pair[0]).error().is(StreamError::CannotCreate));
  ::close(pair[1]);

  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un nameless{};
  nameless.sun_family = AF_UNIX;
  REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&nameless), sizeof(sa_family_t)) ==
          0);  // the kernel picks an abstract name
  REQUIRE(::listen(fd, 1) == 0);
  CHECK(ListeningSocket::adopt(fd).value().fd() == fd);
}

}  // namespace newsd
