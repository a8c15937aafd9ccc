// Captions of pictures among lines of text: is this one, whose picture is it, and the Picture that a caption or a pair
// of alt text and caption makes. Pure.
#pragma once

#include "feeds/article/article.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A credit found in a line: where it stands and what it says, as written without brackets and without "Photo by".
struct PictureCredit {
  std::size_t begin = 0, end = 0;  ///< bytes in the line, brackets and lead words included
  std::string name;
};

/// Credits in brackets at a line's end ("(Photo by …)", "[File: …/AFP]", "(Foto: dpa)") and lines that are nothing but
/// a credit ("Photo: Reuters", "© Name / Agency"). name is empty when none is found.
PictureCredit picture_credit(std::string_view line);

/// Whether the line is nothing but a picture's credit.
bool is_credit_line(std::string_view line);

/// Words that only captions have: "(L)", "In this photo", "Im Bild", "pictured", or a credit in brackets.
/// folded: the line folded for matching, empty when it is too long to be worth it; then only the bracket counts.
bool has_caption_marks(std::string_view line, std::string_view folded);

/// "The ferry at its pier Credit: Nils Berg". length: the line's, in characters; long ones have no such end.
bool ends_with_credit(std::string_view line, std::size_t length);

/// One picture from the caption lines that stand together: of two the first is the alternative text, the second the
/// caption; a credit line adds its credit.
Picture picture_from(const std::vector<std::string_view>& lines);

}  // namespace newsd
