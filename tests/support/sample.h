// Documents and articles for tests, in our own words.
#pragma once

#include "feeds/article/document.h"

#include <fmt/format.h>

#include <string>

namespace newsd {

/// A plain-text article unlike any other number's: a headline, a blank line, three paragraphs.
inline std::string sample_text(int n) {
  return fmt::format(
      "Harbour board approves plan {0} for the northern quay\n\n"
      "The harbour board voted on plan {0} after a hearing that lasted {1} hours and drew {2} residents to the old "
      "customs house.\n\n"
      "“We listened to every objection number {0} and changed the plan in {3} places,” said the board's chair, who "
      "presented the costs.\n\n"
      "Work on section {0} begins once the {2} moorings have been moved, a task that engineers expect to take {1} "
      "weeks.\n",
      n, n % 7 + 2, n * 3 + 11, n % 5 + 1);
}

/// The document a drop directory would make of it. The received time is fixed, so that events can be compared.
inline Document sample_document(std::string bytes, const std::string& name) {
  Document document;
  document.origin.kind = OriginKind::Drop;
  document.origin.input = "inbox";
  document.origin.uri = "file:///inbox/" + name;
  document.origin.name = name;
  document.origin.received_at = Instant(std::chrono::milliseconds(1'700'000'000'000));
  document.origin.bytes = bytes.size();
  document.bytes = std::move(bytes);
  return document;
}

}  // namespace newsd
