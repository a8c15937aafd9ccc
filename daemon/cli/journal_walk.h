// Walking the journal's events in order, by pages, as their lines. Reads beside a running daemon.
#pragma once

#include "daemon/journal/journal.h"
#include "daemon/stream/request.h"

#include <functional>
#include <string_view>

namespace newsd {

/// Events after `after` up to and including `to`.
struct Stretch {
  Sequence after{0};
  Sequence to{~std::uint64_t{0}};
};

/// The sequence after which `from` begins; of FromLatest the journal's last.
Result<Sequence> start_of(const From& from, JournalReader& reader);

/// Calls back with every event of the stretch that passes the filter, and its line; stops when the callback returns
/// false. An event that cannot be read ends the walk with its error.
Result<void> each_event(JournalReader& reader, const Stretch& stretch, const TypeFilter& filter,
                        const std::function<bool(const Record&, std::string_view line)>& visit);

}  // namespace newsd
