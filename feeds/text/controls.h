// Takes control characters out of text: they mean nothing in an article and harm terminals and logs. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// Without C0 and C1 controls, but with tab, LF, CR and NEL; form feed and vertical tab become spaces, so that words
/// stay apart. text: UTF-8.
std::string without_controls(std::string text);

/// Without them, tab, LF and CR as spaces, none at the ends: a field that is one line.
std::string on_one_line(std::string_view text);

}  // namespace newsd
