#include "feeds/article/article.h"

namespace newsd {

std::string_view to_string(RemovedKind k) {
  switch (k) {
    case RemovedKind::Navigation: return "navigation";
    case RemovedKind::Caption: return "caption";
    case RemovedKind::Credit: return "credit";
    case RemovedKind::Advertisement: return "advertisement";
    case RemovedKind::CommentForm: return "comment-form";
    case RemovedKind::Related: return "related";
    case RemovedKind::Social: return "social";
    case RemovedKind::Widget: return "widget";
    case RemovedKind::Cookie: return "cookie";
    case RemovedKind::Paywall: return "paywall";
    case RemovedKind::Repeat: return "repeat";
    case RemovedKind::Signature: return "signature";
    case RemovedKind::Other: return "other";
  }
  return "other";
}

std::string_view to_string(Flag f) {
  switch (f) {
    case Flag::Paywalled: return "paywalled";
    case Flag::Partial: return "partial";
    case Flag::Liveblog: return "liveblog";
    case Flag::Listing: return "listing";
    case Flag::Malformed: return "malformed";
    case Flag::MachineTranslated: return "machine-translated";
    case Flag::Truncated: return "truncated";
  }
  return "malformed";
}

std::string Article::body() const {
  std::size_t size = 0;
  for (const std::string& p : paragraphs) size += p.size() + 2;
  std::string out;
  out.reserve(size);
  for (const std::string& p : paragraphs) {
    if (!out.empty()) out += "\n\n";
    out += p;
  }
  return out;
}

}  // namespace newsd
