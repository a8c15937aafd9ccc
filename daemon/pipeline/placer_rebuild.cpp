#include "daemon/pipeline/placer_rebuild.h"

#include <utility>

namespace newsd {

void PlacerRebuild::take(Past past) {
  read_.push_back(std::move(past));
  if (read_.size() == kBatch) fold();
}

void PlacerRebuild::finish() {
  fold();
  wait();
}

void PlacerRebuild::fold() {
  wait();
  std::swap(read_, folding_);
  read_.clear();
  texts_ = std::async(std::launch::async, [this] {
    for (const Past& past : folding_) placer_.remember_texts(past);
  });
  stories_ = std::async(std::launch::async, [this] {
    for (const Past& past : folding_) placer_.remember_stories(past);
  });
}

void PlacerRebuild::wait() {
  for (std::future<void>* half : {&texts_, &stories_})
    if (half->valid()) half->get();
}

}  // namespace newsd
