// FeedBuilder: the events of an RSS, RDF or Atom document → a Feed. Keeps the scopes of xml:base and xml:lang, gathers
// text, tells markup from fields. One thread; what a field means is feed_place.h's part.
#pragma once

#include "feeds/format/feed_place.h"
#include "feeds/format/xml_events.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

class FeedBuilder : public XmlHandler {
 public:
  /// base, language: of the document, from how it was served; netscape_type: its document type is Netscape's.
  FeedBuilder(std::string base, std::string_view language, bool netscape_type, std::size_t max_entries);

  void start_element(const XmlElement& element) override;
  void end_element() override;
  void text(std::string_view characters) override;

  std::size_t entry_count() const { return place_.feed.entries.size(); }
  Feed take();

 private:
  enum class Kind : std::uint8_t { Ignored, Structure, Plain, Construct, Markup };
  struct Frame {
    FeedTag tag = FeedTag::Other;
    Kind kind = Kind::Ignored;
    bool silent = false;         ///< markup that prints nothing: the div around XHTML, an empty element
    std::uint32_t base = 0;      ///< index into bases_
    std::uint32_t language = 0;  ///< index into languages_
    std::size_t text_begin = 0;  ///< in text_
  };

  void start_root(const XmlElement& element, FeedNamespace space);
  void start_scope(const XmlElement& element, Frame& frame);
  void start_field(const XmlElement& element, Frame& frame);
  void start_structure(FeedTag tag, const FeedAttributes& attributes);
  void start_construct(FeedTag tag, const FeedAttributes& attributes, const Frame& frame);
  void start_markup(const XmlElement& element, Frame& frame);
  void end_structure(FeedTag tag, std::string_view text);
  void end_construct(const Frame& frame);
  void end_guid(std::string_view text);
  void end_person(FeedTag tag, std::string_view text);
  FeedNamespace space_of(std::string_view uri, std::string_view prefix);
  FeedTag tag_of(FeedNamespace space, std::string_view name);

  FeedPlace place_;
  std::size_t max_entries_;
  bool netscape_type_;
  std::vector<Frame> frames_;
  std::vector<std::string> bases_, languages_;
  std::string text_;  ///< of all open fields, the innermost last
  std::string name_;  ///< of the element that starts, in lower case

  struct KnownTag {
    const char* name;
    FeedNamespace space;
    FeedTag tag;
  };
  // the parser gives one namespace, and one name, one address as long as it lives
  std::vector<std::pair<const char*, FeedNamespace>> known_spaces_;
  std::vector<KnownTag> known_tags_;

  FeedText construct_;  ///< the one that is open
  std::string construct_src_;
  std::optional<bool> permalink_;  ///< of the guid that is open
  bool base64_ = false, guess_markup_ = false;
  bool in_field_markup_ = false;           ///< the open markup stands in a plain field
  std::vector<XmlAttribute> attributes_;   ///< of the element that starts, sorted
  std::vector<std::string> markup_names_;  ///< of open elements in it
  std::size_t markup_depth_ = 0;           ///< elements open inside it
  std::vector<FeedPerson> persons_;        ///< the one that is open
};

}  // namespace newsd
