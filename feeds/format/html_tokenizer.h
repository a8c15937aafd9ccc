// HTML markup → tags and text, one after another, as browsers cut it. Pure, any thread, linear. Views into the input,
// which must outlive them; character references are left as they stand. What belongs inside what is html_tree.h's
// question.
#pragma once

#include "feeds/format/html_names.h"

#include <bitset>
#include <cstddef>
#include <string_view>
#include <vector>

namespace newsd {

struct RawHtmlAttribute {
  HtmlAttr name = HtmlAttr::Other;
  std::string_view value;  ///< references undecoded
};

struct HtmlToken {
  enum class Kind { End, StartTag, EndTag, Text };
  Kind kind = Kind::End;
  HtmlTag tag = HtmlTag::Other;
  bool self_closing = false;
  bool raw = false;       ///< Text: of a raw-text element other than title and textarea: it has no references
  std::string_view text;  ///< the text; of a tag its name as written
  std::size_t at = 0;     ///< byte of the input it begins at
};

class HtmlTokenizer {
 public:
  /// max_attributes: of one tag; further ones are read over.
  explicit HtmlTokenizer(std::string_view html, std::size_t max_attributes = 256)
      : html_(html), max_attributes_(max_attributes) {}

  /// Comments, declarations and processing instructions are read over. Behind the last token, End.
  HtmlToken next();
  /// Of the start tag that next() gave last: kept names only, of equal ones the first.
  const std::vector<RawHtmlAttribute>& attributes() const { return attributes_; }

 private:
  bool is_markup_at(std::size_t less) const;
  HtmlToken text_until_markup();
  HtmlToken raw_text();
  HtmlToken tag();
  bool skip_declaration();
  void read_attributes(HtmlToken& token);
  void read_attribute();
  std::string_view attribute_value();
  std::size_t raw_text_end();
  std::size_t script_end();
  void skip_space();

  std::string_view html_;
  std::size_t max_attributes_;
  std::size_t at_ = 0;
  HtmlTag raw_ = HtmlTag::Other;  ///< the raw-text element whose content comes next
  std::bitset<256> unclosed_;     ///< raw-text elements whose end tag does not come any more
  std::size_t comment_end_ = 0;   ///< where the last comment sought inside a script ends
  std::vector<RawHtmlAttribute> attributes_;
};

}  // namespace newsd
