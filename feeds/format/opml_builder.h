// The events of an OPML document → its subscriptions. One thread.
#pragma once

#include "feeds/format/opml.h"
#include "feeds/format/xml_events.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class OpmlBuilder : public XmlHandler {
 public:
  OpmlBuilder(std::string base, std::size_t max_feeds) : base_(std::move(base)), max_feeds_(max_feeds) {}

  void start_element(const XmlElement& element) override;
  void end_element() override;
  void text(std::string_view) override {}

  std::size_t size() const { return feeds_.size(); }
  std::vector<OpmlFeed> take() { return std::move(feeds_); }

 private:
  std::string base_;
  std::size_t max_feeds_;
  bool in_body_ = false;
  std::vector<std::string> open_;  ///< a folder's title for each open element; empty: it is none
  std::vector<OpmlFeed> feeds_;
};

}  // namespace newsd
