// A home for one newsd under test: a drop directory, a state directory, a configuration, a socket, an output file; and
// a consumer on the socket.
#pragma once

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

#include <memory>
#include <string>
#include <vector>

namespace newsd {

class NewsdHome {
 public:
  NewsdHome();
  const std::filesystem::path& path() const { return dir_.path(); }
  std::filesystem::path inbox() const { return path() / "in"; }
  std::filesystem::path config() const { return path() / "newsd.toml"; }
  std::filesystem::path socket() const { return path() / "events.sock"; }
  std::filesystem::path file() const { return path() / "events.ndjson"; }

  /// Writes the configuration: state_dir, [[drop]] on inbox(), then `more`.
  void configure(const std::string& more = "", const std::string& drop_more = "");
  /// The outputs most tests want.
  std::string unix_output() const;
  std::string file_output() const;
  /// Puts a file into the drop directory in the maildir manner.
  void drop(const std::string& name, const std::string& bytes) const;
  /// Starts `newsd run -c config` and waits for READY=1; fails the test when it does not come.
  std::unique_ptr<Process> start(std::map<std::string, std::string> environment = {});
  Ran run(std::vector<std::string> arguments) const;
  /// Names of the files waiting in the drop directory, in done/, in failed/.
  std::vector<std::string> waiting() const, done() const, failed() const;
  /// What systemd would have heard since the last start, line by line.
  std::vector<std::string> notified();

 private:
  TemporaryDirectory dir_;
  int notify_fd_ = -1;
  std::vector<std::string> heard_;
};

/// The lines of a file or an output, without their ends; a torn last line is left out unless asked for.
std::vector<std::string> lines_of(const std::string& text);
std::string file_content(const std::filesystem::path& path);
/// The value of a string attribute on an event's first level ("type", "subject", "sequence").
std::string attribute(const std::string& line, const std::string& name);
std::uint64_t sequence_of(const std::string& line);
/// How many lines carry this event type.
std::size_t count_type(const std::vector<std::string>& lines, const std::string& type);

/// A consumer on the unix socket.
class Consumer {
 public:
  explicit Consumer(const std::filesystem::path& socket, const std::string& request = "");
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;
  /// Reads until so many lines are there, the stream ends or the time is over; returns all lines read so far.
  const std::vector<std::string>& read_lines(std::size_t n,
                                             std::chrono::milliseconds patience = std::chrono::seconds(15));
  bool ended() const { return ended_; }

 private:
  int fd_ = -1;
  bool ended_ = false;
  std::string rest_;
  std::vector<std::string> lines_;
};

}  // namespace newsd
