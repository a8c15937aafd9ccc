#include "daemon/event/encoding.h"

#include "daemon/event/encoders.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

std::optional<std::string> encode_cloudevents(std::string_view line) { return std::string(line); }

constexpr std::array<Encoding, 4> kEncodings = {{
    {"cloudevents", "CloudEvents 1.0, one JSON object a line", encode_cloudevents},
    {"ninjs", "the bare IPTC ninjs 3.1 item; only events that have one", encode_ninjs},
    {"flat", "one JSON object of one level a line, its keys dotted", encode_flat},
    {"text", "one line for people", encode_text},
}};

}  // namespace

std::span<const Encoding> encodings() { return kEncodings; }

const Encoding* encoding_named(std::string_view name) {
  const auto* const found =
      std::find_if(kEncodings.begin(), kEncodings.end(), [&](const Encoding& e) { return e.name == name; });
  return found == kEncodings.end() ? nullptr : found;
}

}  // namespace newsd
