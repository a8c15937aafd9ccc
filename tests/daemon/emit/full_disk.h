// FullDisk: a limit on the size of files, as a disk that is full.
#pragma once

#include <csignal>
#include <cstdint>

#include <sys/resource.h>

namespace newsd {

/// While it lives no file of this process grows beyond the size: writes end short, then fail, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(std::uint64_t size) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = size;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

}  // namespace newsd
