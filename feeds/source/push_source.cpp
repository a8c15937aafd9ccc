#include "feeds/source/push_source.h"

#include "feeds/text/digest.h"

#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <utility>

namespace newsd {
namespace {

// Keys of the ledger: "push:once:<start>:<pid>:<n>", and "push:key:<SHA-256 of the sender's key>:<that of the bytes>".
constexpr const char* kOnce = "push:once:";
constexpr const char* kKeyed = "push:key:";
constexpr std::size_t kHexDigits = 64;

}  // namespace

std::string_view code_of(PushError e) {
  switch (e) {
    case PushError::NoRoom: return "no-room";
    case PushError::Stopped: return "stopping";
    case PushError::KeyInUse: return "key-in-use";
    case PushError::KeyReused: return "key-reused";
  }
  return "no-room";
}

PushSource::PushSource(boost::asio::io_context& io, Sink& sink, PushOptions options)
    : io_(io), sink_(sink), options_(std::move(options)) {
  if (!options_.clock) {
    options_.clock = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
  }
}

PushSource::~PushSource() = default;

void PushSource::start() {
  running_ = true;
  sink_.reconcile(kOnce, {});  // whoever sent them has been told, or will send them again
  key_start_ =
      kOnce + std::to_string(options_.clock().time_since_epoch().count()) + ":" + std::to_string(::getpid()) + ":";
  for (auto& [input, outcome] : sink_.committed_under(kKeyed)) {
    std::string name = input.value.substr(std::string_view(kKeyed).size(), kHexDigits);
    remember(std::move(name), {input, outcome});
  }
}

Result<void> PushSource::deliver(Push push, Done done) {
  if (!running_) return Error(PushError::Stopped, "newsd is starting or stopping");
  if (!push.key.empty()) return deliver_keyed(std::move(push), std::move(done));
  if (!sink_.has_room(push.bytes.size())) return Error(PushError::NoRoom, "newsd has more to read than it may hold");
  const Sha256 digest = sha256(push.bytes);
  Arrival arrival = arrival_of(std::move(push), digest);
  arrival.key.value = key_start_ + std::to_string(++serial_);
  const InputKey key = arrival.key;
  sink_.deliver(std::move(arrival), Sink::Ledger::UntilAck, [&sink = sink_, key, done](const Outcome& outcome) {
    sink.released(key);
    done(outcome, false);
  });
  return {};
}

Result<void> PushSource::deliver_keyed(Push push, Done done) {
  const Sha256 digest = sha256(push.bytes);
  std::string name = sha256(push.key).to_hex();
  const InputKey input{kKeyed + name + ":" + digest.to_hex()};
  if (const auto known = by_name_.find(name); known != by_name_.end()) {
    const Keyed& earlier = known->second->second;
    if (earlier.input != input) return Error(PushError::KeyReused, "this Idempotency-Key was used for something else");
    if (!earlier.outcome) return Error(PushError::KeyInUse, "a push with this Idempotency-Key is under way");
    boost::asio::post(io_, [outcome = *earlier.outcome, done] { done(outcome, true); });
    return {};
  }
  if (!sink_.has_room(push.bytes.size())) return Error(PushError::NoRoom, "newsd has more to read than it may hold");
  remember(name, {input, std::nullopt});
  Arrival arrival = arrival_of(std::move(push), digest);
  arrival.key = input;
  auto ack = [this, weak = std::weak_ptr(alive_), name = std::move(name), done](const Outcome& outcome) {
    if (!weak.expired()) {
      if (const auto known = by_name_.find(name); known != by_name_.end()) known->second->second.outcome = outcome;
      forget_oldest();
    }
    done(outcome, false);
  };
  sink_.deliver(std::move(arrival), Sink::Ledger::Keep, std::move(ack));
  return {};
}

Arrival PushSource::arrival_of(Push push, const Sha256& digest) const {
  Arrival arrival;
  Document& document = arrival.document;
  document.origin.kind = OriginKind::Http;
  document.origin.input = options_.input;
  document.origin.uri = push.url ? push.url->str() : "urn:newsd:push";
  document.origin.received_at = options_.clock();
  document.origin.bytes = push.bytes.size();
  document.origin.sha256 = digest;
  document.forced = push.forced;
  document.declared_charset = std::move(push.charset);
  document.url = std::move(push.url);
  document.bytes = std::move(push.bytes);
  return arrival;
}

void PushSource::remember(std::string name, Keyed keyed) {
  keys_.emplace_back(name, std::move(keyed));
  by_name_.insert_or_assign(std::move(name), std::prev(keys_.end()));
}

/// Lets go of the oldest keys above the number kept; one that is under way stays, and what is behind it.
void PushSource::forget_oldest() {
  while (keys_.size() > options_.keys_kept && keys_.front().second.outcome) {
    sink_.released(keys_.front().second.input);
    by_name_.erase(keys_.front().first);
    keys_.pop_front();
  }
}

}  // namespace newsd
