// FileOutput: appends the stream to a file that `tail -F` follows: whole lines, rotated by size, reopened on request.
// Its cursor is durable: no event is missing from the file or in it twice after a kill -9. A full disk makes it wait at
// its place. All file work runs on the blocking executor.
#pragma once

#include "daemon/emit/output.h"

#include <memory>

namespace newsd {

class FileOutput : public Output {
 public:
  /// Error of wanted_by(). config.path names the file; its directory must exist.
  static Result<std::unique_ptr<FileOutput>> create(const OutputConfig& config, StreamContext context);
  ~FileOutput() override;

  /// Opens the file and finds the place to go on from. The first time that is behind the journal's last event, and the
  /// place is handed to the cursor book at once: call it before the sources start, so that the place is durable no
  /// later than the first event.
  Result<void> start() override;
  void stop(std::chrono::milliseconds within, std::function<void()> done) override;
  void reopen() override;
  const std::string& name() const override;
  Sequence cursor() const override;
  std::uint64_t lag() const override;
  OutputHealth health() const override;

 private:
  struct Work;
  explicit FileOutput(std::shared_ptr<Work> work);
  std::shared_ptr<Work> work_;
};

}  // namespace newsd
