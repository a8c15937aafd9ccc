// Notices that a file was changed, made or removed, within seconds; looks at its times, not into it. I/O thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <filesystem>
#include <functional>

namespace newsd {

class FileChange {
 public:
  FileChange(boost::asio::io_context& io, std::filesystem::path file, std::chrono::milliseconds every,
             std::function<void()> changed);
  void start();
  void stop() { timer_.cancel(); }

 private:
  std::filesystem::file_time_type seen() const;
  void wait();

  boost::asio::steady_timer timer_;
  const std::filesystem::path file_;
  const std::chrono::milliseconds every_;
  const std::function<void()> changed_;
  std::filesystem::file_time_type last_{};
};

}  // namespace newsd
