// Repaired XML, whatever the text: it is well-formed but for names of namespaces, a second repair changes nothing, and
// it is not much longer than it was.
#include "feeds/format/xml_events.h"
#include "feeds/format/xml_repair.h"
#include "feeds/text/utf8.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

struct Nothing : XmlHandler {
  void start_element(const XmlElement&) override {}
  void end_element() override {}
  void text(std::string_view) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = repair_utf8({reinterpret_cast<const char*>(data), size}).text;
  const ReadableXml readable = readable_xml(text);
  const std::string once = repaired_xml(readable.of(text));
  Nothing nothing;
  const bool broken = !once.empty() && parse_xml(once, nothing, {}).broken;
  if (broken || repaired_xml(once) != once || once.size() > 8 * text.size() + 100'000) {
    std::fprintf(stderr, "broken: %s\n", once.c_str());
    std::abort();
  }
  return 0;
}
