// TailClient: a connection to the unix socket of a running daemon. Sends one request, then takes lines. Plain blocking
// POSIX; one thread.
#pragma once

#include "feeds/article/result.h"
#include "feeds/source/unique_fd.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// Codes: "no-daemon" (nobody listens there), "permission", "broken" (the connection failed), "line-too-long".
enum class TailError { NoDaemon, Permission, Broken, LineTooLong };
std::string_view code_of(TailError e);

class TailClient {
 public:
  static Result<TailClient> connect(const std::filesystem::path& socket);

  /// Writes the line and a newline.
  Result<void> send(std::string_view line);

  enum class Came { Bytes, Signal, OutputGone, End };
  /// Waits for bytes; returns early when one of `signals` (blocked otherwise, see TailSignals) came or nobody reads
  /// `output` any more.
  Result<Came> wait(int output);
  /// The next whole line that has come; nothing when there is none yet.
  std::optional<std::string_view> line();

 private:
  explicit TailClient(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
  std::string bytes_;
  std::size_t taken_ = 0;  ///< of bytes_, by line()
};

/// While it lives, SIGINT and SIGTERM are held back except inside TailClient::wait, which they end.
class TailSignals {
 public:
  TailSignals();
  ~TailSignals();
  TailSignals(const TailSignals&) = delete;
  TailSignals& operator=(const TailSignals&) = delete;

 private:
  struct Saved;
  Saved* saved_;
};

}  // namespace newsd
