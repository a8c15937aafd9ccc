// The header of an answer, line by line: never a crash; what is taken out of it holds to its bounds and can be sent
// back.
#include "feeds/http/cache.h"
#include "feeds/http/http_date.h"
#include "feeds/http/link_header.h"
#include "feeds/http/media_type.h"
#include "feeds/http/websub.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace newsd;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const Instant now(std::chrono::milliseconds(1'795'000'000'000));
  HeaderFields header;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    header.add_line(line);
    static_cast<void>(is_genuine(line, "secret", line));
    if (const auto date = parse_http_date(line, now); date && std::chrono::floor<std::chrono::seconds>(*date) != *date)
      std::abort();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const Validators validators = validators_of(header);
  for (const std::string& value : {validators.etag, validators.last_modified}) {
    if (value.size() > 1024 || value.find('\r') != std::string::npos || value.find('\0') != std::string::npos)
      std::abort();
    if (without_outer_space(value) != value) std::abort();
  }
  for (const auto& wait : {retry_after(header, now), fresh_for(header, now)}) {
    if (wait && (wait->count() < 0 || *wait > kLongestWait)) std::abort();
  }
  if (links_of(header).size() > kMaxLinks) std::abort();
  const MediaType type = parse_media_type(header.value("content-type").value_or(""));
  if (std::any_of(type.type.begin(), type.type.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) std::abort();
  return 0;
}
