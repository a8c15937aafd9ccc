#include "daemon/dedupe/groups.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr float kRounding = 1.0f / 1024;  // of the heaviest word

double share(double part, double whole) { return whole <= 0 ? 0 : part / whole; }

}  // namespace

Groups::Groups(const Measure& measure, Spill& spill)
    : measure_(measure), spill_(spill), by_id_(HashOfId{&pool_}), by_number_(HashOfNumber{&pool_}) {}

double Groups::threshold(std::uint32_t size) const {
  return measure_.join + measure_.rise * std::log2(static_cast<double>(std::max(size, 1u)));
}

double Groups::likeness(const TextVectors& text, std::int64_t time, const Group& group) const {
  const auto [products, lengths] = group.sum.compared_with(text);
  return closeness(
      group, time,
      {share(products.body, lengths.body), share(products.names, lengths.names), share(products.title, lengths.title)});
}

double Groups::likeness(const SoughtText& text, std::int64_t time, const Group& group) const {
  const auto [products, lengths] = group.sum.compared_with(text);
  return closeness(
      group, time,
      {share(products.body, lengths.body), share(products.names, lengths.names), share(products.title, lengths.title)});
}

double Groups::closeness(const Group& group, std::int64_t time, const ThreeWays& cosines) const {
  const std::int64_t gap = time < group.first ? group.first - time : time > group.last ? time - group.last : 0;
  const std::int64_t reach = measure_.reach.count();
  if (gap > reach || group.last - time > reach || time - group.first > 2 * reach) return 0;
  const double alike = measure_.body * cosines.body + measure_.names * cosines.names + measure_.title * cosines.title;
  return alike * std::exp2(-static_cast<double>(gap) / static_cast<double>(measure_.half_life.count()));
}

/// The groups that share most of the text's heaviest words, by their weight in the text; heaviest first.
std::span<const Tally::Entry> Groups::likeliest(const SoughtText& text) const {
  thread_local Tally tally;
  thread_local std::vector<std::pair<WordIndex::List, float>> lists;
  const WordVector words = text.words(2 * measure_.indexed_words), names = text.names(2 * measure_.indexed_names);
  lists.clear();
  for (const WordVector* found_by : {&words, &names})
    for (const auto& [word, weight] : *found_by) index_.prefetch(word);
  for (const WordVector* found_by : {&words, &names})
    for (const auto& [word, weight] : *found_by) lists.emplace_back(index_.look_up(word), weight);
  std::size_t count = 0;
  for (const auto& [list, weight] : lists) count += list.size;
  tally.make_room(count);
  for (const auto& [list, weight] : lists)
    for (const GroupId id : index_.live(list)) tally.add(id, weight);
  return tally.take(measure_.compared);
}

Groups::Choice Groups::choose(const SoughtText& text, std::int64_t time, double caution) const {
  thread_local std::vector<std::uint32_t> places;
  Choice choice;
  const auto counted = likeliest(text);
  if (counted.empty()) return choice;
  places.clear();
  for (const auto& [id, weight] : counted) by_number_.prefetch(id);
  for (const auto& [id, weight] : counted) places.push_back(find_place(id));
  for (const std::uint32_t place : places)
    if (place != kNoPlace) pool_[place].sum.prefetch_place();
  for (const std::uint32_t place : places)
    if (place != kNoPlace) pool_[place].sum.prefetch();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [id, weight] = counted[i];
    const std::uint32_t place = places[i];
    if (place == kNoPlace) continue;  // merged or closed
    const double like = likeness(text, time, pool_[place]);
    if (like > choice.likeness) {
      choice.next = choice.best;
      choice.next_likeness = choice.likeness;
      choice.best = id;
      choice.likeness = like;
    } else if (like > choice.next_likeness) {
      choice.next = id;
      choice.next_likeness = like;
    }
  }
  if (choice.best != kNone && choice.likeness < caution * threshold(at(choice.best).size)) {
    choice.next = choice.best;
    choice.next_likeness = choice.likeness;
    choice.best = kNone;
  }
  return choice;
}

std::uint32_t Groups::find_place(GroupId id) const {
  return by_number_.find(id, [&](std::uint32_t place) { return pool_[place].number == id; });
}

std::uint32_t Groups::place_of(GroupId id) const {
  const std::uint32_t place = find_place(id);
  assert(place != kNoPlace);
  return place;
}

Groups::GroupId Groups::find(const Uuid& id) const {
  const std::uint32_t place =
      by_id_.find(std::hash<Uuid>{}(id), [&](std::uint32_t other) { return pool_[other].id == id; });
  return place == kNoPlace ? kNone : pool_[place].number;
}

Groups::GroupId Groups::start(const Uuid& id, std::int64_t time) {
  const auto advance = [](GroupId number) { return (number + 1) % PostingTable::kIds; };
  while (find_place(next_) != kNoPlace) next_ = advance(next_);
  const GroupId made = std::exchange(next_, advance(next_));
  if (next_ == oldest_) oldest_ = advance(oldest_);  // out of numbers: the oldest is no longer found by its words
  std::uint32_t place = free_;
  if (place == kNoPlace) {
    place = static_cast<std::uint32_t>(pool_.size());
    pool_.emplace_back();
  } else {
    free_ = pool_[place].after;
    pool_[place] = Group{};
  }
  Group& group = pool_[place];
  group.id = id;
  group.number = made;
  group.first = group.last = time;
  by_id_.insert(place);
  by_number_.insert(place);
  link_last(place);
  index_.set_live(oldest_, next_);
  return made;
}

void Groups::link_last(std::uint32_t place) {
  Group& group = pool_[place];
  if (newest_touched_ != kNoPlace) group.touched = std::max(group.touched, pool_[newest_touched_].touched);
  group.before = newest_touched_;
  group.after = kNoPlace;
  (newest_touched_ == kNoPlace ? oldest_touched_ : pool_[newest_touched_].after) = place;
  newest_touched_ = place;
}

void Groups::unlink(std::uint32_t place) {
  const Group& group = pool_[place];
  (group.before == kNoPlace ? oldest_touched_ : pool_[group.before].after) = group.after;
  (group.after == kNoPlace ? newest_touched_ : pool_[group.after].before) = group.before;
}

void Groups::touch(GroupId id, std::int64_t now) {
  const std::uint32_t place = place_of(id);
  unlink(place);
  pool_[place].touched = std::max(pool_[place].touched, now);
  link_last(place);
}

void Groups::index(GroupId id, const SoughtText& text) {
  const WordVector words = text.words(measure_.indexed_words), names = text.names(measure_.indexed_names);
  for (const WordVector* found_by : {&words, &names})
    for (const auto& [word, weight] : *found_by) index_.prefetch(word);
  for (const WordVector* found_by : {&words, &names})
    for (const auto& [word, weight] : *found_by) index_.enter(word, id);
}

/// Adds to the group's sum; what is negative or too little to be told from rounding leaves it.
void Groups::gather(Group& group, const TextVectors& text, double factor) {
  TextVectors sum = group.sum.unpacked();
  const auto gather_one = [&](WordVector& words, const WordVector& more, std::size_t most) {
    add_scaled(words, more, factor);
    const auto heaviest =
        std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const float least = words.empty() ? 0 : heaviest->second * kRounding;
    std::erase_if(words, [least](const auto& entry) { return entry.second <= least; });
    keep_heaviest(words, most);
  };
  gather_one(sum.body, text.body, measure_.body_words);
  gather_one(sum.names, text.names, measure_.names_words);
  gather_one(sum.title, text.title, measure_.title_words);
  group.sum = PackedText(sum, spill_);
}

void Groups::add(GroupId id, const SoughtText& text, const PackedText& packed, std::int64_t time) {
  Group& group = this->group(id);
  if (group.size == 0)
    group.sum = packed;
  else
    gather(group, text.text(), 1);
  group.first = group.size == 0 ? time : std::min(group.first, time);
  group.last = std::max(group.last, time);
  ++group.size;
  index(id, text);
}

void Groups::merge(GroupId from, GroupId into) {
  const Group gone = at(from);
  drop(from);
  Group& group = this->group(into);
  const TextVectors more = gone.sum.unpacked();
  gather(group, more, 1);
  group.first = std::min(group.first, gone.first);
  group.last = std::max(group.last, gone.last);
  group.size += gone.size;
  index(into, SoughtText(more));
}

void Groups::take_out(GroupId id, const PackedText& text) {
  Group& group = this->group(id);
  gather(group, text.unpacked(), -1);
  --group.size;
}

namespace {

/// The cosine of a member and the sum without it, as far as the member is still in the sum.
double cosine_without(double product, double length, double own) {
  const double rest = length * length - 2 * product + own;
  constexpr double kNothing = 1e-4;  // what rounding leaves of a sum that was the member alone
  return rest <= kNothing ? 0 : std::max(0.0, product - own) / std::sqrt(rest);
}

}  // namespace

double Groups::likeness_without(GroupId id, const PackedText& member, std::int64_t time) const {
  const Group& group = at(id);
  const TextVectors text = member.unpacked();
  const auto [products, lengths] = group.sum.compared_with(text);
  const ThreeWays own = member.compared_with(text).products;
  return closeness(
      group, time,
      {cosine_without(products.body, lengths.body, own.body), cosine_without(products.names, lengths.names, own.names),
       cosine_without(products.title, lengths.title, own.title)});
}

void Groups::drop(GroupId id) {
  const std::uint32_t place = find_place(id);
  if (place == kNoPlace) return;
  by_id_.erase(place);
  by_number_.erase(place);
  unlink(place);
  pool_[place] = Group{};
  pool_[place].after = free_;
  free_ = place;
  while (oldest_ != next_ && find_place(oldest_) == kNoPlace) oldest_ = (oldest_ + 1) % PostingTable::kIds;
  index_.set_live(oldest_, next_);
}

}  // namespace newsd
