// The Link header (RFC 8288): value → links with their relations. Pure, any thread; targets are left as written.
#pragma once

#include "feeds/http/header_fields.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct WebLink {
  std::string target;
  std::vector<std::string> relations;  ///< lower case
  std::string type;
  bool operator==(const WebLink&) const = default;
  bool has_relation(std::string_view relation) const;
};

/// At most kMaxLinks of them; what cannot be read ends the list.
inline constexpr std::size_t kMaxLinks = 64;
std::vector<WebLink> parse_link_header(std::string_view value);
/// Of all Link fields.
std::vector<WebLink> links_of(const HeaderFields& header);

}  // namespace newsd
