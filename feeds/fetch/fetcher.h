// Fetcher: one GET, POST or OPTIONS → the answer, or why there is none. What the poller, `newsd feeds test` and
// webhooks ask; CurlFetcher is the real one, tests script their own. I/O thread. It follows the redirects of a GET and
// guards addresses; when to ask, and what the bytes mean, is decided elsewhere.
#pragma once

#include "feeds/article/result.h"
#include "feeds/http/header_fields.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Why there is no answer; the codes are reason codes of feed.error events.
enum class FetchError {
  Dns,             ///< the host's name has no address
  Connect,         ///< nobody there, or the connection was refused
  Tls,             ///< no trustworthy connection
  Timeout,         ///< not whole within the time, or next to nothing came for long
  Truncated,       ///< the connection ended before the answer did
  Protocol,        ///< this is no HTTP, or a coding that cannot be undone
  TooLarge,        ///< header or decoded body beyond the limit, or a body that unpacks beyond all measure
  BlockedAddress,  ///< the host's addresses may not be connected to
  BlockedScheme,   ///< a redirect to something that is neither http nor https
  TooManyRedirects,
  RedirectLoop,
  BadUrl,   ///< no URL that can be fetched
  Stopped,  ///< the fetcher is being stopped
};
std::string_view code_of(FetchError e);

/// What a request brings along. Redirects of such a request are not followed: the answer is the redirect.
struct PostContent {
  std::string type;  ///< the Content-Type header's value
  std::string body;
  std::vector<HeaderField> header;  ///< more fields of the request; values without control characters
};

/// An OPTIONS request: what does the server allow of this URL? Redirects are not followed either.
struct OptionsQuestion {
  std::vector<HeaderField> header;  ///< as PostContent::header
};

struct FetchRequest {
  std::string url;
  Validators validators;
  std::string validated_url;  ///< the hop of this URL gets the validators, no other
  std::string authorization;  ///< the Authorization header's value, or empty; sent only to `authorized_url`'s origin
  std::string authorized_url;
  std::optional<PostContent> post;  ///< nothing: a GET, or `question`
  std::optional<OptionsQuestion> question;
  std::chrono::milliseconds timeout{0};  ///< of this request; 0: as the fetcher's options say
};

/// A redirect that was followed.
struct FetchHop {
  std::uint16_t status = 0;
  std::string target;
  bool operator==(const FetchHop&) const = default;
};

/// status, header and body are those of the last hop; the body is decoded, and only there for 200. Of the answer to a
/// POST or OPTIONS it is the beginning, kPostAnswerKept bytes at most, whatever the status.
inline constexpr std::size_t kPostAnswerKept = 1 << 10;
struct FetchAnswer {
  std::uint16_t status = 0;
  HeaderFields header;
  std::string body;
  std::string final_url;
  std::vector<FetchHop> hops;
  bool conditional = false;  ///< the last request carried a validator
};

/// Where a row of nothing but permanent redirects (301, 308) from the first URL led; empty when the first was none.
std::string permanent_target(const std::vector<FetchHop>& hops);

/// "https://news.example:8443": what limits, back-off and credentials belong to. Lower case, without user info.
std::string origin_of(std::string_view url);

class Fetcher {
 public:
  using Done = std::function<void(Result<FetchAnswer>)>;
  virtual ~Fetcher() = default;
  /// Calls done once, later, on the I/O thread; with Stopped when the fetcher was stopped meanwhile.
  virtual void fetch(FetchRequest request, Done done) = 0;
  /// Gives up what is under way and takes nothing more.
  virtual void stop() = 0;
};

}  // namespace newsd
