// What was read from a file, as a page for people: headline, standfirst, paragraphs, and below them the lines that were
// left out and why. Pure.
#pragma once

#include "daemon/cli/console.h"
#include "feeds/article/article.h"

#include <string>
#include <string_view>

namespace newsd {

/// name: what the page is headed with, the file. Bytes that would steer a terminal are shown, not sent.
std::string text_of(const Reading& reading, std::string_view name, const Palette& palette);

}  // namespace newsd
