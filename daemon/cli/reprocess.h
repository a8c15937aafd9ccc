// Reprocessor: events of the journal → their inputs read again with today's code, rules, limits and knowledge of
// sources → what would be said differently. Reads only. One thread.
#pragma once

#include "daemon/cli/input_archive.h"
#include "daemon/cli/learned_until_now.h"
#include "daemon/cli/parse_events.h"
#include "daemon/config/config.h"
#include "daemon/pipeline/prepare.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

class Reprocessor {
 public:
  /// learned: of sources, up to today.
  Reprocessor(const Config& config, std::shared_ptr<const Preparation> preparation, LearnedUntilNow learned = {})
      : config_(config), preparation_(std::move(preparation)), learned_(std::move(learned)) {}

  /// For the line of an article.new or article.updated event: {"sequence", "subject", "changed": [paths], "before":
  /// {…}, "after": {…}} as one line, or nothing when nothing would change, or its input is no longer there.
  std::optional<std::string> difference(std::string_view line);

  std::size_t read_again() const { return read_again_; }  ///< events whose input was there
  std::size_t gone() const { return gone_; }              ///< events whose input is no longer there

 private:
  struct Told;
  const std::vector<std::string>* lines_of(const Told& told);

  const Config& config_;
  std::shared_ptr<const Preparation> preparation_;
  LearnedUntilNow learned_;
  InputArchive archive_;
  std::string
      last_input_;  ///< uri and hash of the input `last_lines_` came from: the events of one input stand together
  std::vector<std::string> last_lines_;  ///< empty: it is gone
  std::size_t read_again_ = 0, gone_ = 0;
};

}  // namespace newsd
