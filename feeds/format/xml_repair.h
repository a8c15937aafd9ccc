// Text that should be XML → text that a parser can read. Two repairs: readable_xml() takes away what newsd never lets a
// parser see, repaired_xml() rewrites what is broken so that the rest is not lost. Pure, any thread, linear in the
// input.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

struct ReadableXml {
  std::string text;  ///< when it had to be rewritten, else empty
  bool rewritten = false;
  bool netscape_type = false;  ///< the document type was Netscape's of RSS 0.91
  bool faulty = false;         ///< what was taken away should not have been there (NUL characters, text before the XML)
  std::string_view of(std::string_view original) const { return rewritten ? std::string_view(text) : original; }
};

/// Without document type, NUL characters and what stands before the first tag or declaration. References to the
/// document type's entities, as far as they are plain text of at most 512 bytes, and to HTML's, where a document type
/// may declare them, become that text; entities made of entities do not.
ReadableXml readable_xml(std::string_view text);

/// The name of the start tag at the front of a text, lower-cased and without prefix; empty: none stands there.
std::string start_tag_name(std::string_view text);
/// The same behind a declaration, comments and instructions.
std::string root_name(std::string_view text);

/// Well-formed XML that says as much of the text as can be known: illegal characters dropped; bare & and < escaped;
/// HTML's named references replaced; attributes quoted, and given once; end tags matched with start tags, those that
/// match none left out; comments and processing instructions left out; everything closed at the end. text: UTF-8
/// without document type; max_depth: of elements, deeper tags are left out.
std::string repaired_xml(std::string_view text, std::size_t max_depth = 200);

}  // namespace newsd
