// XML in pieces of any size gives the events it gives whole. The first byte says how large the pieces are.
#include "feeds/format/xml_events.h"
#include "feeds/format/xml_repair.h"
#include "feeds/text/utf8.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

struct Notes : XmlHandler {
  std::string told;
  std::size_t depth = 0;
  void start_element(const XmlElement& e) override {
    told += '<';
    (((told += e.uri) += ' ') += e.prefix) += ':';
    told += e.name;
    for (const XmlAttribute& a : e.attributes) ((((told += ' ') += a.name) += '=') += a.value) += '\'';
    told += '>';
    ++depth;
  }
  void end_element() override {
    told += "</>";
    if (depth-- == 0) std::abort();
  }
  void text(std::string_view t) override { told += t; }
};

std::string events(std::string_view xml, std::size_t piece, bool& well_formed) {
  Notes notes;
  XmlParser parser(notes, {});
  for (std::size_t at = 0; at < xml.size(); at += piece) parser.push(xml.substr(at, piece));
  parser.finish();
  well_formed = !parser.outcome().fault;
  if (notes.depth != 0) std::abort();
  return std::move(notes.told);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 100'000) return 0;
  const std::string text = repair_utf8({reinterpret_cast<const char*>(data) + 1, size - 1}).text;
  const ReadableXml readable = readable_xml(text);
  // what is well-formed is the same in any pieces; what is not becomes so by its repair
  for (const std::string& xml : {std::string(readable.of(text)), repaired_xml(readable.of(text))}) {
    bool whole_formed = false, cut_formed = false;
    const std::string whole = events(xml, xml.size() + 1, whole_formed);
    const std::string cut = events(xml, data[0] + std::size_t{1}, cut_formed);
    if (whole_formed != cut_formed || (whole_formed && whole != cut)) {
      std::fprintf(stderr, "broken: whole %s\ncut   %s\n", whole.c_str(), cut.c_str());
      std::abort();
    }
  }
  return 0;
}
