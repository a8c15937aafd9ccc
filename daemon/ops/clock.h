// The clock of the edges: what time it is, as a function that tests replace. Pure folders never see it: they are handed
// an Instant.
#pragma once

#include "feeds/article/timestamp.h"

#include <chrono>
#include <functional>

namespace newsd {

/// Gives the time; safe from any thread.
using Clock = std::function<Instant()>;

/// The system's time in UTC, to the millisecond. It may jump; measure durations with std::chrono::steady_clock.
inline Instant system_now() { return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now()); }

inline Clock system_clock() { return &system_now; }

}  // namespace newsd
