#include "daemon/app/file_change.h"

#include <system_error>
#include <utility>

namespace newsd {

FileChange::FileChange(boost::asio::io_context& io, std::filesystem::path file, std::chrono::milliseconds every,
                       std::function<void()> changed)
    : timer_(io), file_(std::move(file)), every_(every), changed_(std::move(changed)), last_(seen()) {}

/// A file that is not there has the earliest time.
std::filesystem::file_time_type FileChange::seen() const {
  std::error_code missing;
  const auto time = std::filesystem::last_write_time(file_, missing);
  return missing ? std::filesystem::file_time_type::min() : time;
}

void FileChange::start() { wait(); }

void FileChange::wait() {
  timer_.expires_after(every_);
  timer_.async_wait([this](const boost::system::error_code& failed) {
    if (failed) return;
    if (const auto now = seen(); std::exchange(last_, now) != now) changed_();
    wait();
  });
}

}  // namespace newsd
