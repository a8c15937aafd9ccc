// The encoders on any bytes: they take them or refuse them; what they write is one line, flat is JSON again with as
// many leaves, ninjs is a part of the line, and text holds nothing a terminal would obey.
#include "daemon/event/encoding.h"
#include "daemon/event/json_walk.h"
#include "daemon/event/payload.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::size_t leaves_of(std::string_view json) {
  std::size_t count = 0;
  require(newsd::walk_json(json, [&](const newsd::JsonLeaf&) { ++count; }));
  return count;
}

void check_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    require(c >= 0x20 && c != 0x7F);
    require(c != 0xC2 || i + 1 == text.size() || static_cast<unsigned char>(text[i + 1]) >= 0xA0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  if (const auto flat = newsd::encoding_named("flat")->encode(line)) {
    require(flat->find('\n') == std::string::npos && leaves_of(*flat) == leaves_of(line));
  }
  if (const auto item = newsd::encoding_named("ninjs")->encode(line)) {
    require(line.find(*item) != std::string_view::npos && leaves_of(*item) <= leaves_of(line));
  }
  if (const auto text = newsd::encoding_named("text")->encode(line)) check_text(*text);
  (void)newsd::unpacked(line);
  return 0;
}
