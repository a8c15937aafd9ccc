// StdoutOutput: the events of this run, in order, on a descriptor (stdout). It never blocks and never changes the
// descriptor; when nobody reads any more it ends and says so, quietly.
#pragma once

#include "daemon/emit/output.h"

#include <functional>
#include <memory>
#include <optional>

namespace newsd {

class StdoutOutput : public Output {
 public:
  /// ended: called once when the descriptor can be written no more: without an error when its reader has gone (the
  /// daemon then ends with 0). SIGPIPE must be ignored in the process. Error of wanted_by().
  static Result<std::unique_ptr<StdoutOutput>> create(const OutputConfig& config, StreamContext context, int fd,
                                                      std::function<void(std::optional<Error>)> ended);
  ~StdoutOutput() override;

  /// Events from here on.
  Result<void> start() override;
  void stop(std::chrono::milliseconds within, std::function<void()> done) override;
  const std::string& name() const override;
  Sequence cursor() const override;
  std::uint64_t lag() const override;

 private:
  struct Work;
  explicit StdoutOutput(std::shared_ptr<Work> work);
  std::shared_ptr<Work> work_;
};

}  // namespace newsd
