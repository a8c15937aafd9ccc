// Resolves references against a base (RFC 3986, 5.2), as the addresses in feeds and pages need it: leniently, for any
// scheme. Pure, any thread. feeds/article/url.h is for addresses that are to be fetched.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// "http", without the colon and as written; empty: the reference is relative.
std::string_view uri_scheme(std::string_view reference);

/// The reference as it counts from `base`; as it is when it is absolute or base is not. White space around both is
/// dropped.
std::string resolve_reference(std::string_view base, std::string_view reference);

/// Whether following it would run a program (javascript:, vbscript:, data:).
bool is_script_uri(std::string_view reference);

}  // namespace newsd
