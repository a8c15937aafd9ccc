// Feed lists, whatever the bytes: what was read once, written and read again is the same list, by folders.
#include "feeds/format/opml.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tuple>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto feeds = read_opml({reinterpret_cast<const char*>(data), size});
  if (!feeds) return 0;
  for (const OpmlFeed& feed : *feeds) require(!feed.url.empty() && is_valid_utf8(feed.url), "a feed without address");
  const auto once = read_opml(write_opml(*feeds, "list"));
  require(once.has_value() && once->size() == feeds->size(), "a list that was written cannot be read");
  const auto twice = read_opml(write_opml(*once, "list"));
  require(twice.has_value() && *twice == *once, "a list changes each time it is written");
  return 0;
}
