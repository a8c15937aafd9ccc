// The page people look at, in the program since it was built (daemon/page): a path → its bytes. It holds no news and no
// secrets, so that it may be had without the token; what it shows it asks for like any other client. Pure.
#pragma once

#include "daemon/serve/http_message.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace newsd {

inline constexpr std::size_t kPageParts = 15;
/// Whether the page or a part of it is there.
bool is_page(std::string_view path);
/// Nothing when it is not. The answer allows a browser what is on this server and nothing else: no other origin, no
/// code in attributes or elements, no frame around it.
std::optional<HttpAnswer> page_answer(std::string_view path);

}  // namespace newsd
