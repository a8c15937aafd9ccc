#include "feeds/source/drop_flights.h"

#include <algorithm>

namespace newsd {

std::uint64_t DropFlights::add(Flight flight) {
  const std::uint64_t id = next_++;
  by_name_[flight.name] = id;
  by_file_[{flight.stamp.device, flight.stamp.inode}] = id;
  flights_.emplace(id, std::move(flight));
  return id;
}

void DropFlights::erase(std::uint64_t id) {
  const auto found = flights_.find(id);
  if (found == flights_.end()) return;
  by_name_.erase(found->second.name);
  by_file_.erase({found->second.stamp.device, found->second.stamp.inode});
  flights_.erase(found);
}

Flight* DropFlights::find(std::uint64_t id) {
  const auto found = flights_.find(id);
  return found == flights_.end() ? nullptr : &found->second;
}

std::optional<std::uint64_t> DropFlights::find_name(const std::string& name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint64_t> DropFlights::find_file(const FileStamp& stamp) const {
  const auto found = by_file_.find({stamp.device, stamp.inode});
  if (found == by_file_.end()) return std::nullopt;
  return found->second;
}

void DropFlights::rename(std::uint64_t id, const std::string& name) {
  Flight* flight = find(id);
  if (!flight) return;
  by_name_.erase(flight->name);
  by_name_[name] = id;
  flight->name = name;
}

std::size_t DropFlights::initial() const {
  return static_cast<std::size_t>(
      std::count_if(flights_.begin(), flights_.end(), [](const auto& flight) { return flight.second.initial; }));
}

}  // namespace newsd
