// Content-Type: header value → media type and charset. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// type: lower case, "application/rss+xml"; charset: as written, without quotes. Empty: not said.
struct MediaType {
  std::string type;
  std::string charset;
  bool operator==(const MediaType&) const = default;
};

MediaType parse_media_type(std::string_view value);

}  // namespace newsd
