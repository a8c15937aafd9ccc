// Console: where a command's data (stdout) and words (stderr) go, and what that is: a terminal, a pipe, in colour or
// not. One thread.
#pragma once

#include "feeds/article/result.h"

#include <string>
#include <string_view>

namespace newsd {

/// Data written in large blocks. A reader that went away is no error: the command ends quietly.
class DataWriter {
 public:
  explicit DataWriter(int fd) : fd_(fd) {}

  void write(std::string_view bytes);
  void line(std::string_view text) {
    write(text);
    write("\n");
  }
  void flush();
  /// Nobody takes data any more: the reader is gone, or writing failed. More writing does nothing.
  bool ended() const { return error_ != 0; }
  /// Flushes; the status of the command, or what became of writing: 0 when the reader went away, kExitIo when writing
  /// failed.
  int finish(int status);
  /// errno of the failure, 0 for none.
  int error() const { return error_; }
  int fd() const { return fd_; }

 private:
  int fd_;
  int error_ = 0;
  std::string buffer_;
};

class Console {
 public:
  struct Streams {
    int in = 0, out = 1, err = 2;
  };
  explicit Console(Streams streams);

  int in() const { return streams_.in; }
  DataWriter& out() { return out_; }
  bool out_is_terminal() const { return out_is_terminal_; }
  /// Colour only on a terminal, and not when NO_COLOR is set or the terminal is dumb.
  bool out_has_colour() const { return out_has_colour_; }
  /// Whether a line there can be written over: not on a dumb terminal.
  bool err_is_terminal() const { return err_is_terminal_; }
  /// A line on stderr that the next one, or anything that is said, takes the place of; empty: none.
  void show_passing(std::string_view words);
  /// One line on stderr: "newsd: words".
  void say(std::string_view words);
  /// One line on stderr as it is: what begins with a file:line:column that editors jump to.
  void say_place(std::string_view words);
  void say(const Error& error) { say(error.message()); }
  /// Says on stderr that writing failed, if it did; the exit status of the command.
  int finish(int status);

 private:
  Streams streams_;
  DataWriter out_;
  bool out_is_terminal_, out_has_colour_, err_is_terminal_;
  bool has_passing_ = false;  ///< such a line stands there
};

/// The terminal's sequences; empty texts where there is no colour.
struct Palette {
  std::string_view reset, bold, dim, red, green, yellow, blue, cyan;
};
Palette palette_of(const Console& console);

}  // namespace newsd
