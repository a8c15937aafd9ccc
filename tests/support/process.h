// Runs the real newsd (or another program) for end-to-end tests: starts it, reads what it prints, signals it, waits for
// it. Nothing outlives the test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

class Process {
 public:
  struct Options {
    std::map<std::string, std::string> environment;  ///< added to the test's own
    std::filesystem::path stdin_file = "/dev/null";
    std::filesystem::path stdout_file;  ///< empty: a file of its own, read by output()
    std::vector<int> closed_stdout;     ///< one entry: stdout is a pipe whose reading end is closed
  };

  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments, Options options);
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments)
      : Process(program, arguments, Options{}) {}
  ~Process();  ///< kills what still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const;
  /// The exit status, or 128 + the signal that ended it; nothing when it still runs after the time.
  std::optional<int> wait(std::chrono::milliseconds patience = std::chrono::seconds(20));
  bool running();
  std::string output() const;
  std::string errors() const;
  pid_t pid() const { return pid_; }

 private:
  std::filesystem::path out_, err_;
  bool own_out_ = false;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

/// Runs to the end and returns it; fails the test's expectations by an absent status when that takes too long.
struct Ran {
  std::optional<int> status;
  std::string output, errors;
};
Ran run_to_end(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               Process::Options options = {});

/// The newsd under test, named by the build.
std::filesystem::path newsd_program();

/// Waits until `holds`, looking again every few milliseconds; false after the time.
bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds patience = std::chrono::seconds(15));

}  // namespace newsd
