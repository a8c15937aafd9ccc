// Readers of a unix socket for benchmarks, all on the calling thread, as fast as they can; and the I/O thread's side.
#pragma once

#include "daemon/stream/tail.h"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <span>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {

/// Of this thread.
inline double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Connects so many readers, reads all of them until each has had `bytes` bytes. had: what each has had by now.
inline void read_all(const std::string& path, const char* request, std::size_t readers, std::size_t bytes,
                     std::atomic<std::size_t>& had) {
  std::vector<pollfd> sockets;
  std::vector<std::size_t> left(readers, bytes);
  for (std::size_t i = 0; i < readers; ++i) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    if (::send(fd, request, std::strlen(request), MSG_NOSIGNAL) < 0) std::abort();
    sockets.push_back({fd, POLLIN, 0});
  }
  std::vector<char> block(256 << 10);
  for (std::size_t open = readers; open > 0;) {
    ::poll(sockets.data(), sockets.size(), -1);
    for (std::size_t i = 0; i < readers; ++i) {
      if (sockets[i].fd < 0 || sockets[i].revents == 0) continue;
      const ssize_t n = ::recv(sockets[i].fd, block.data(), block.size(), MSG_DONTWAIT);
      if (n > 0) left[i] -= std::min(left[i], static_cast<std::size_t>(n));
      if (n == 0 || left[i] == 0) {
        ::close(sockets[i].fd);
        sockets[i].fd = -1;
        --open;
      }
    }
    had = bytes - *std::max_element(left.begin(), left.end());
  }
}

/// Runs `io` and appends the events to the tail, in batches, until `finished`: no faster than has_room(how many are in
/// it) says they are read, as this measures delivering, not falling behind. The seconds of this thread that it took.
template <class HasRoom>
double deliver_all(boost::asio::io_context& io, Tail& tail, std::span<const SharedEvent> events, std::size_t batch,
                   const std::atomic<bool>& finished, const HasRoom& has_room) {
  const double before = cpu_seconds();
  std::size_t next = 0;
  while (!finished) {
    if (next < events.size() && has_room(next)) {
      const auto some = events.subspan(next, batch);
      tail.append({some.begin(), some.end()});
      next += batch;
    }
    io.run_one_for(std::chrono::milliseconds(1));
    io.poll();
  }
  return cpu_seconds() - before;
}

}  // namespace newsd
