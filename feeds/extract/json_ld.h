// What a page says of its article in JSON-LD: the scripts' text → facts. Pure, any thread, linear. Broken JSON is
// mended where that is safe (control characters in strings, comments around, a stray semicolon); else the script is
// passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Strings as they were written, references decoded; empty: not said.
struct LdFacts {
  std::string type;  ///< "NewsArticle", "LiveBlogPosting" …; empty when no object is an article
  std::string headline, description, body, section, language, url;
  std::string published, updated;
  std::vector<std::string> authors;        ///< names
  std::vector<std::string> organisations;  ///< of the authors, those that are said to be no persons
  std::string publisher;
  std::vector<std::string> images, keywords;
  bool paid = false;     ///< isAccessibleForFree says no
  bool listing = false;  ///< an ItemList, CollectionPage … and no article
  std::size_t live_updates = 0;
};

LdFacts read_json_ld(const std::vector<std::string_view>& scripts);

}  // namespace newsd
