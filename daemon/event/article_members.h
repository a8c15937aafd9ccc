// The parts of what an article event says without its placing: the ninjs item, the labels, and newsd's other knowledge
// (article_event.cpp). Pure.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/event/article_event.h"
#include "daemon/event/json_text.h"
#include "daemon/event/members.h"
#include "feeds/article/article.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {

/// Counts what a list or a string had to leave out.
class Bounds {
 public:
  std::string_view text(std::string_view t) {
    if (t.size() > kMaxFieldBytes) cut_ = true;
    return shortened(t, kMaxFieldBytes);
  }
  std::size_t count(std::size_t n) {
    if (n > kMaxListed) cut_ = true;
    return std::min(n, kMaxListed);
  }
  bool cut() const { return cut_; }

 private:
  bool cut_ = false;
};

/// Members of data.item but for the bodies and what placing adds.
void write_item(JsonText& json, const Article& article, const Labels& labels, const Origin& origin, Bounds& bounds);

/// Members `labels`, `classify` and `rules` of data.newsd.
void write_labels(JsonText& json, const Labels& labels, Bounds& bounds);

}  // namespace newsd
