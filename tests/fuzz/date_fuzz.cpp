// Reading dates, whatever the text: what is read lies in years of four digits, and what it is printed as reads as the
// same moment.
#include "feeds/text/date.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto date = parse_date({reinterpret_cast<const char*>(data), size});
  if (!date) return 0;
  const std::string printed = to_rfc3339(date->at);
  const auto again = parse_date(printed);
  // at the edges of the calendar a zone may carry a date out of the years of four digits
  const bool plain = printed.size() == 24 && printed.front() >= '1' && printed.front() <= '8';
  if (plain && (!again || again->at != date->at)) {
    std::fprintf(stderr, "broken: %s\n", printed.c_str());
    std::abort();
  }
  return 0;
}
