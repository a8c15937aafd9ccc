// A Console whose streams are files in memory: what a command wrote can be read back. Not a terminal.
#pragma once

#include "daemon/cli/console.h"
#include "feeds/source/unique_fd.h"

#include <sys/mman.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace newsd {

class CapturedConsole {
 public:
  explicit CapturedConsole(std::string_view input = {}) {
    if (::pwrite(in_.get(), input.data(), input.size(), 0) != static_cast<ssize_t>(input.size()))
      throw std::runtime_error("no input");
  }
  Console& console() { return console_; }
  std::string out() const { return content(out_.get()); }
  std::string err() const { return content(err_.get()); }

 private:
  static UniqueFd memory(const char* name) {
    UniqueFd fd(::memfd_create(name, MFD_CLOEXEC));
    if (!fd) throw std::runtime_error("no memory file");
    return fd;
  }
  static std::string content(int fd) {
    std::string text;
    char block[4096];
    for (ssize_t n = 0; (n = ::pread(fd, block, sizeof block, static_cast<off_t>(text.size()))) > 0;) {
      text.append(block, static_cast<std::size_t>(n));
    }
    return text;
  }

  UniqueFd in_ = memory("in"), out_ = memory("out"), err_ = memory("err");
  Console console_{{in_.get(), out_.get(), err_.get()}};
};

}  // namespace newsd
