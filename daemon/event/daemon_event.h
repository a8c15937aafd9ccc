// Record::placed of events about the daemon and its stream: what runs, with which configuration and models, and why it
// started, changed or stops. Pure.
#pragma once

#include "daemon/event/event.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

struct DaemonFacts {
  std::string newsd;                          ///< the program's version
  std::string config;                         ///< "sha256:…" of the configuration in force
  std::map<std::string, std::string> models;  ///< stage → version
  std::string cause;                 ///< what made it happen ("SIGHUP", "SIGTERM", "end of input"); may be empty
  std::vector<std::string> changed;  ///< reloaded: the keys whose values changed
  enum class Previous { None, Clean, Unclean };
  std::optional<Previous> previous;  ///< started: how the run before it on this state directory ended
};

/// data.daemon of daemon.started, .reloaded and .stopping.
std::string placed_daemon(const DaemonFacts& facts);

/// data.gap of stream.gap: events `from` to `to`, both included, are missing.
std::string placed_gap(Sequence from, Sequence to, const Error& reason);

}  // namespace newsd
