// What WebSub hubs may say to newsd at the addresses it gave them: whoever serves HTTP asks here. Interface; I/O
// thread.
#pragma once

#include "feeds/article/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace newsd {

/// A hub asks whether a request was ours (section 5.3), or says that there will be no subscription (5.2).
struct HubQuestion {
  std::string token;  ///< the last part of the callback's path
  std::string mode, topic, challenge, reason;
  std::optional<std::int64_t> lease;
};

/// What a hub brings (section 7).
struct HubContent {
  std::string token;
  std::string signature;     ///< the value of X-Hub-Signature
  std::string content_type;  ///< of Content-Type
  std::string body;
};

/// Unknown: there is no such callback. NoRoom: try again soon. Stopped: newsd ends.
enum class HubError { Unknown, NoRoom, Stopped };
std::string_view code_of(HubError e);

class HubCallbacks {
 public:
  virtual ~HubCallbacks() = default;
  /// Whether there are callbacks at all.
  virtual bool takes_content() const = 0;
  /// What is to be said back: the challenge, when it was ours; nothing more needs to be said of a denial (empty).
  /// Unknown: we know nothing of it.
  virtual Result<std::string> verify(const HubQuestion& question) = 0;
  /// Whether content for this token would be taken now.
  virtual Result<void> admits(const std::string& token) const = 0;
  /// Of one content.
  virtual std::uint64_t max_content() const = 0;
  /// Calls done once, perhaps at once, when what came of it is durable (true), or it could not be taken and should be
  /// sent again (false). What does not bear its subscription's signature is dropped, and its sender told nothing of it:
  /// done(true).
  virtual Result<void> take_content(HubContent content, std::function<void(bool taken)> done) = 0;
};

}  // namespace newsd
