#include "feeds/format/xml_events.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <array>
#include <limits>
#include <utility>
#include <vector>

namespace newsd {
namespace {

/// libxml2 looks for the end of a tag in all it has: pieces that fit its first cache keep that short.
constexpr std::size_t kPieceBytes = 32 << 10;
/// Depth at which libxml2 gives up on its own; newsd's limit must be the lower one.
constexpr std::size_t kLibraryDepth = 250;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

void initialise_library() {
  static const bool done = (xmlInitParser(), true);
  static_cast<void>(done);
}

}  // namespace

struct XmlParser::State {
  XmlHandler& handler;
  XmlLimits limits;
  xmlParserCtxtPtr context = nullptr;
  XmlOutcome outcome;
  std::vector<XmlAttribute> attributes;
  std::vector<bool> open;  ///< of every open element: was it announced
  std::size_t announced = 0;
  std::size_t nodes = 0;
  bool stopped = false;

  State(XmlHandler& h, const XmlLimits& l) : handler(h), limits(l) {
    limits.max_depth = std::min(limits.max_depth, kLibraryDepth);
  }

  void note(std::string what) {
    if (!outcome.fault) outcome.fault = std::move(what);
  }

  void start(const XmlElement& element) {
    const bool too_many = ++nodes > limits.max_nodes;
    if (too_many && !stopped) {
      note("more than " + std::to_string(limits.max_nodes) + " elements");
      stopped = true;
      xmlStopParser(context);
    }
    const bool announce = !stopped && announced < limits.max_depth;
    if (!announce) note("elements nested deeper than " + std::to_string(limits.max_depth));
    open.push_back(announce);
    if (!announce) return;
    ++announced;
    handler.start_element(element);
  }
  void end() {
    if (open.empty()) return;
    const bool was_announced = open.back();
    open.pop_back();
    if (!was_announced) return;
    --announced;
    handler.end_element();
  }

  static State& of(void* user) { return *static_cast<State*>(user); }

  static void on_start(void* user, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int space_count,
                       const xmlChar** spaces, int attribute_count, int, const xmlChar** raw) {
    State& self = of(user);
    self.attributes.clear();
    for (std::size_t i = 0; i < static_cast<std::size_t>(attribute_count); ++i) {
      if (i == self.limits.max_attributes) {
        self.note("an element with more than " + std::to_string(self.limits.max_attributes) + " attributes");
        break;
      }
      const xmlChar** a = raw + 5 * i;
      const auto* begin = reinterpret_cast<const char*>(a[3]);
      self.attributes.push_back({view(a[2]), view(a[1]), view(a[0]), {begin, static_cast<std::size_t>(a[4] - a[3])}});
    }
    std::string_view default_uri;
    for (int i = 0; i < space_count; ++i) {
      if (spaces[2 * i] == nullptr) default_uri = view(spaces[2 * i + 1]);
    }
    self.start({view(uri), view(prefix), view(name), default_uri, self.attributes});
  }
  static void on_end(void* user, const xmlChar*, const xmlChar*, const xmlChar*) { of(user).end(); }
  static void on_text(void* user, const xmlChar* text, int size) {
    State& self = of(user);
    if (!self.stopped && !self.open.empty())
      self.handler.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  }
  static void on_error(void* user, xmlErrorPtr error) {
    State& self = of(user);
    if (error == nullptr || error->level < XML_ERR_ERROR || self.stopped) return;
    self.outcome.broken |= error->domain != XML_FROM_NAMESPACE;
    if (self.outcome.fault) return;
    std::string text = error->message == nullptr ? "an error" : error->message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    self.outcome.fault = "line " + std::to_string(error->line) + ": " + text;
  }
};

XmlParser::XmlParser(XmlHandler& handler, const XmlLimits& limits) : state_(std::make_unique<State>(handler, limits)) {
  initialise_library();
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = &State::on_start;
  sax.endElementNs = &State::on_end;
  sax.characters = &State::on_text;
  sax.ignorableWhitespace = &State::on_text;
  sax.cdataBlock = &State::on_text;
  sax.serror = &State::on_error;
  state_->context = xmlCreatePushParserCtxt(&sax, state_.get(), nullptr, 0, nullptr);
  if (state_->context == nullptr) {
    state_->note("no memory for a parser");
    return;
  }
  // NOENT: XML's own five come as characters in attributes, too. There are no others: no document type gets here.
  xmlCtxtUseOptions(state_->context,
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA);
}

XmlParser::~XmlParser() {
  if (state_->context == nullptr) return;
  // made for declarations when a document type gets here after all; the parser leaves it to its caller
  if (state_->context->myDoc != nullptr) xmlFreeDoc(std::exchange(state_->context->myDoc, nullptr));
  xmlFreeParserCtxt(state_->context);
}

void XmlParser::push(std::string_view piece) {
  while (!piece.empty() && state_->context != nullptr && !state_->stopped) {
    const auto part = piece.substr(0, kPieceBytes);
    xmlParseChunk(state_->context, part.data(), static_cast<int>(part.size()), 0);
    piece.remove_prefix(part.size());
  }
}

void XmlParser::finish() {
  if (state_->context != nullptr) xmlParseChunk(state_->context, "", 0, 1);
  while (!state_->open.empty()) state_->end();
}

const XmlOutcome& XmlParser::outcome() const { return state_->outcome; }

XmlOutcome parse_xml(std::string_view text, XmlHandler& handler, const XmlLimits& limits) {
  XmlParser parser(handler, limits);
  parser.push(text);
  parser.finish();
  return parser.outcome();
}

}  // namespace newsd
