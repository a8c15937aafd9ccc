// How a webhook's delivery goes on: the answer's status → what became of the events; failures so far → how long to
// wait. Pure, any thread: no clock, and the jitter comes out of a seed.
#pragma once

#include <chrono>
#include <cstdint>

namespace newsd {

enum class Delivered {
  Taken,    ///< the receiver has the events
  Gone,     ///< it wants no more, ever (410)
  Refused,  ///< not these events: the same would be refused again
  Later,    ///< it cannot now, or is not set up: says nothing about the events
};

/// 2xx: Taken. 410: Gone. Later: redirects, 401, 404, 405, 407 (not set up, or not for us), 408, 425, 429, 502, 503,
/// 504, 507. Refused: every other status, 500 too, which may well be these events' fault.
Delivered delivered_of(std::uint16_t status);

struct BackOff {
  std::chrono::milliseconds first, most;
};

/// After so many failures in a row (1, 2 …): doubled from `first` up to `most`, of which a half to the whole, by seed
/// and failures, so that many senders do not come again all at once.
std::chrono::milliseconds retry_delay(const BackOff& back_off, unsigned failures, std::uint64_t seed);

}  // namespace newsd
