// How those who wait for training hear how far it is. Any thread calls it that trains; it must cost little.
#pragma once

#include <cstddef>
#include <functional>

namespace newsd {

/// Called after each step with how many are done and how many there are in all, which stays the same.
using TrainingSteps = std::function<void(std::size_t done, std::size_t of)>;

}  // namespace newsd
