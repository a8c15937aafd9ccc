// A Sink that remembers what it was given and acknowledges when the test says so. One thread.
#pragma once

#include "feeds/source/sink.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class FakeSink final : public Sink {
 public:
  struct Delivered {
    Arrival arrival;
    Ledger ledger = Ledger::UntilAck;
    Ack ack;
  };

  bool has_room(std::uint64_t bytes) const override {
    return in_flight_inputs() < most_inputs && (used_ == 0 || used_ + bytes <= most_bytes);
  }
  int on_room(std::function<void()> handler) override {
    handlers_.emplace(++last_handler_, std::move(handler));
    return last_handler_;
  }
  void forget_room(int id) override { handlers_.erase(id); }

  void deliver(Arrival arrival, Ledger remembered, Ack ack) override {
    used_ += arrival.document.bytes.size();
    delivered.push_back({std::move(arrival), remembered, std::move(ack)});
    if (acks_at_once) ack_last(Outcome{});
  }

  std::optional<Outcome> committed(const InputKey& key) const override {
    const auto found = ledger.find(key.value);
    if (found == ledger.end()) return std::nullopt;
    return found->second;
  }
  std::vector<std::pair<InputKey, Outcome>> committed_under(const std::string& key_prefix) const override {
    std::vector<std::pair<InputKey, Outcome>> found;
    for (const auto& [key, outcome] : ledger) {
      if (key.starts_with(key_prefix)) found.emplace_back(InputKey{key}, outcome);
    }
    return found;
  }
  void released(const InputKey& key) override {
    releases.push_back(key);
    ledger.erase(key.value);
  }
  void reconcile(const std::string& key_prefix, const std::vector<InputKey>& present) override {
    ++reconciled;
    prefix = key_prefix;
    still_there = present;
  }

  void save_feeds(std::vector<FeedUpdate> updates) override {
    std::move(updates.begin(), updates.end(), std::back_inserter(saved));
  }

  /// Acknowledges the i-th delivery.
  void ack(std::size_t i, const Outcome& outcome = {}) {
    Delivered& one = delivered.at(i);
    Ack call = std::exchange(one.ack, nullptr);
    if (!call) return;
    used_ -= std::min(used_, static_cast<std::uint64_t>(one.arrival.document.bytes.size()));
    ++acked_;
    call(outcome);
    const auto handlers = handlers_;
    for (const auto& [id, handler] : handlers) handler();
  }
  void ack_all(const Outcome& outcome = {}) {
    for (std::size_t i = 0; i < delivered.size(); ++i) ack(i, outcome);
  }
  /// The names in the order of their delivery.
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const Delivered& one : delivered) out.push_back(one.arrival.document.origin.name);
    return out;
  }
  std::size_t in_flight_inputs() const { return delivered.size() - acked_; }

  std::vector<Delivered> delivered;
  std::map<std::string, Outcome> ledger;  ///< what committed() answers
  std::vector<InputKey> releases;
  std::vector<FeedUpdate> saved;
  std::vector<InputKey> still_there;
  std::string prefix;
  int reconciled = 0;
  bool acks_at_once = false;
  std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max();
  std::size_t most_inputs = std::numeric_limits<std::size_t>::max();

 private:
  void ack_last(const Outcome& outcome) { ack(delivered.size() - 1, outcome); }

  std::map<int, std::function<void()>> handlers_;
  int last_handler_ = 0;
  std::uint64_t used_ = 0;
  std::size_t acked_ = 0;
};

}  // namespace newsd
