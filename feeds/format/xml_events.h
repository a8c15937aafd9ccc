// XML → events, the small layer that everything XML stands on: text in pieces of any size, calls of a handler out. The
// parser behind it reads no document type, no entity but XML's five, no file and no network. Pure, any thread; the same
// text gives the same events however it is cut.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace newsd {

/// uri: the namespace, empty when there is none; an undeclared prefix has none either.
struct XmlAttribute {
  std::string_view uri, prefix, name, value;
};
struct XmlElement {
  std::string_view uri, prefix, name;
  std::string_view default_uri;  ///< the namespace this element declares for names without prefix
  std::span<const XmlAttribute> attributes;
};

/// What is called back. Views live as long as the call. Every start has its end, also when the text stops short.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start_element(const XmlElement& element) = 0;
  virtual void end_element() = 0;
  /// A run of character data may come in several calls.
  virtual void text(std::string_view characters) = 0;
};

struct XmlLimits {
  std::size_t max_depth = 200;        ///< elements deeper than this are left out, their text is kept
  std::size_t max_nodes = 5'000'000;  ///< elements in all; what comes after is not read
  std::size_t max_attributes = 200;   ///< of one element; the others are left out
};

struct XmlOutcome {
  std::optional<std::string> fault;  ///< the first thing that is against the rules ("line 3: …")
  bool broken = false;               ///< the text is no XML; else only a namespace's name or a limit was at fault
};

class XmlParser {
 public:
  /// handler must outlive the parser, and must not throw.
  XmlParser(XmlHandler& handler, const XmlLimits& limits);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  /// The next piece: UTF-8 without NUL and document type (readable_xml() makes it so); pieces may end anywhere.
  void push(std::string_view piece);
  /// No more pieces: what is still open ends.
  void finish();

  const XmlOutcome& outcome() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Pushes a whole text and finishes.
XmlOutcome parse_xml(std::string_view text, XmlHandler& handler, const XmlLimits& limits);

}  // namespace newsd
