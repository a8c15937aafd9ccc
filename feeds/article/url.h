// An absolute http(s) URL, parsed and valid by construction. canonical() gives the form two links to the same page
// share.
#pragma once

#include "feeds/article/result.h"

#include <string>
#include <string_view>

namespace newsd {

enum class UrlError { Malformed, NotHttp, TooLong };
std::string_view code_of(UrlError e);

class Url {
 public:
  /// Parses an absolute http or https URL of at most 4096 bytes; surrounding white space is dropped, characters that
  /// may not stand in a URL (spaces, non-ASCII) are percent-encoded as browsers do.
  static Result<Url> parse(std::string_view input);

  const std::string& str() const { return text_; }
  /// Lower case, without port: "news.example".
  const std::string& host() const { return host_; }
  /// Scheme and host lower-cased, default port, fragment, user info and tracking parameters (utm_*, fbclid, gclid …)
  /// dropped, the path's dot segments resolved, the other parameters kept in their order.
  std::string canonical() const;
  bool operator==(const Url&) const = default;

 private:
  Url() = default;
  std::string text_, host_;
};

}  // namespace newsd
