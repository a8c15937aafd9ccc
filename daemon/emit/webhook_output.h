// WebhookOutput: posts the stream to a URL: CloudEvents one a request or in batches, signed, in order, one request at a
// time. Its cursor is durable and moves only when the receiver has taken the events, or when one that it refuses is in
// the dead letters: a receiver gets every event at least once, also over restarts, and knows repeats by their id. Where
// it is configured so, the receiver is asked for its consent first, once a run, and sent no more requests a minute than
// it allows.
#pragma once

#include "daemon/emit/output.h"
#include "feeds/fetch/fetcher.h"

#include <filesystem>
#include <memory>
#include <string>

namespace newsd {

class WebhookOutput : public Output {
 public:
  struct Terms {
    Fetcher& fetcher;                    ///< outlives the output
    std::string authorization;           ///< the Authorization header's value, or empty
    std::filesystem::path dead_letters;  ///< the file (dead_letters.h)
  };
  /// Error of wanted_by() or read_secret(); ConfigError::OutOfRange when the secret is no key.
  static Result<std::unique_ptr<WebhookOutput>> create(const OutputConfig& config, StreamContext context, Terms terms);
  ~WebhookOutput() override;

  /// Goes on where its cursor stands; the first time that is behind the journal's last event, and the place is handed
  /// to the cursor book at once.
  Result<void> start() override;
  /// Delivers what is committed while the receiver takes it; it does not wait for one that does not.
  void stop(std::chrono::milliseconds within, std::function<void()> done) override;
  const std::string& name() const override;
  Sequence cursor() const override;
  std::uint64_t lag() const override;
  OutputHealth health() const override;

 private:
  struct Work;
  explicit WebhookOutput(std::shared_ptr<Work> work);
  std::shared_ptr<Work> work_;
};

}  // namespace newsd
