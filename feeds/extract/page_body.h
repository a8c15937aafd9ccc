// Which of a page's blocks are the article's body: tree and blocks → one role a block. Pure, any thread, linear.
#pragma once

#include "feeds/extract/page_blocks.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

enum class BlockRole { Body, Caption, Removed };

struct LabelledBlock {
  BlockRole role = BlockRole::Removed;
  RemovedKind kind = RemovedKind::Other;  ///< of Removed
  std::string_view how;                   ///< the rule
  double weight = 0;                      ///< for (> 0) or against its being part of a body
};

struct PageBody {
  std::vector<LabelledBlock> blocks;  ///< one for each
  std::uint32_t container = 0;        ///< the element the body stands in
  std::uint64_t container_key = 0;    ///< element_key() of it; 0: the body was found otherwise
  std::string_view how;
  int confidence = 0;
};

/// What the page's facts say that helps to know its blocks.
struct BodyHints {
  /// What the page says it is about: by it a standfirst in front of the body is known, which is part of the body as
  /// readers see it. May be empty.
  std::string_view description;
  std::string_view headline;         ///< as far as the page's facts give it
  std::vector<std::string> authors;  ///< names: what begins with one behind the text is about the author
  std::optional<std::uint64_t> container = std::nullopt;  ///< element_key() of where bodies of this source stand
};

PageBody page_body(const HtmlTree& tree, const PageBlocks& page, const BodyHints& hints);

}  // namespace newsd
