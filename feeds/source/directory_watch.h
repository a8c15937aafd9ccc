// Watches one directory with inotify: descriptor → what happened in it. I/O thread. It reports and does nothing else; a
// queue that overflowed is reported as such, and that the directory itself went (deleted, renamed, unmounted) is the
// last report.
#pragma once

#include "feeds/article/result.h"

#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace newsd {

/// Renamed: a name came by rename. Created: a name is new, its file may be open. Closed: a writer closed the file.
/// Overflow: reports were lost. Lost: the directory is watched no more.
struct DirectoryChange {
  enum class Kind { Renamed, Created, Closed, Overflow, Lost } kind = Kind::Overflow;
  std::string name;
};

class DirectoryWatch {
 public:
  using Report = std::function<void(const DirectoryChange&)>;

  /// SourceError::NoWatch when the kernel has no watch left, NoDirectory when path is no directory.
  static Result<std::unique_ptr<DirectoryWatch>> open(boost::asio::io_context& io, const std::string& path,
                                                      Report report);
  ~DirectoryWatch();

 private:
  struct Impl;
  explicit DirectoryWatch(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
