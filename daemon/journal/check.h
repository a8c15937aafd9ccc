// `newsd journal check`: everything that can be amiss in a journal, one sentence each. Reads page by page, so it may
// run beside the writer for as long as it takes. Changes nothing.
#pragma once

#include "daemon/journal/database.h"

#include <string>
#include <vector>

namespace newsd {

/// Empty: all is well. At most about a hundred sentences; the last one then says how many more there are. An error is
/// returned only when the check itself cannot be carried out (I/O, permission).
Result<std::vector<std::string>> check_journal(const Database& database);

}  // namespace newsd
