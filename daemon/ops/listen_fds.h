// Sockets the service manager opened for us (sd_listen_fds(3), without libsystemd): LISTEN_FDS, LISTEN_PID,
// LISTEN_FDNAMES → descriptors with their names. Start-up only, before threads: it changes the environment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A listening socket we were started with. The taker owns fd; it is close-on-exec.
struct InheritedSocket {
  int fd = -1;
  std::string name;      ///< FileDescriptorName= of the socket unit; "unknown" when the manager gave none
  std::string bound_to;  ///< the path of a unix socket, "127.0.0.1:7790" or "[::1]:7790" of a TCP one; else empty
  bool operator==(const InheritedSocket&) const = default;
};

/// Takes the inherited sockets and removes the variables, so that no child takes them again. Empty when there are none
/// or they are another process's.
std::vector<InheritedSocket> take_inherited_sockets();

/// The same for descriptors that begin at `first` (the protocol's 3), with `count` and colon-separated `names` given.
std::vector<InheritedSocket> inherited_sockets(int first, int count, std::string_view names);

}  // namespace newsd
