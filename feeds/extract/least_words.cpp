#include "feeds/extract/least_words.h"

#include "feeds/text/words.h"

namespace newsd {

bool has_words(const Article& article, std::size_t least) {
  std::size_t words = count_words(article.headline);
  for (auto paragraph = article.paragraphs.begin(); words < least && paragraph != article.paragraphs.end(); ++paragraph)
    words += count_words(*paragraph);
  return words >= least;
}

}  // namespace newsd
