#include "daemon/dedupe/groups.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace newsd {
namespace {

constexpr std::size_t kIndexedWords = 14, kIndexedNames = 8;  // of a text, the heaviest
constexpr std::size_t kMostOfWord = 48;                       // groups a word leads to, the latest
constexpr std::size_t kBodyOfGroup = 160, kNamesOfGroup = 64, kTitleOfGroup = 32;

/// Words of names and of the body are not the same evidence.
std::uint32_t name_key(std::uint32_t word) { return word * 0x9E3779B1u + 0x7F4A7C15u; }

WordVector heaviest(const WordVector& words, std::size_t most) {
  WordVector some = words;
  keep_heaviest(some, most);
  return some;
}

double cosine(const WordVector& unit, const WordVector& sum, double length) {
  return length <= 0 ? 0 : dot(unit, sum) / length;
}

double length_of(const WordVector& words) {
  double sum = 0;
  for (const auto& [word, weight] : words) sum += double{weight} * double{weight};
  return std::sqrt(sum);
}

}  // namespace

double Groups::threshold(std::uint32_t size) const {
  return measure_.join + measure_.rise * std::log2(static_cast<double>(std::max(size, 1u)));
}

double Groups::likeness(const TextVectors& text, std::int64_t time, const Group& group) const {
  return closeness(group, time, cosine(text.body, group.sum.body, group.body_length),
                   cosine(text.names, group.sum.names, group.names_length),
                   cosine(text.title, group.sum.title, group.title_length));
}

double Groups::closeness(const Group& group, std::int64_t time, double body, double names, double title) const {
  const std::int64_t gap = time < group.first ? group.first - time : time > group.last ? time - group.last : 0;
  const std::int64_t reach = measure_.reach.count();
  if (gap > reach || group.last - time > reach || time - group.first > 2 * reach) return 0;
  const double alike = measure_.body * body + measure_.names * names + measure_.title * title;
  return alike * std::exp2(-static_cast<double>(gap) / static_cast<double>(measure_.half_life.count()));
}

/// Sums weights by group in an open table that is used again from text to text.
class Groups::Tally {
 public:
  void add(GroupId id, float weight) {
    if ((found_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint32_t at = place(id);
    if (slots_[at] == 0) {
      found_.emplace_back(id, weight);
      slots_[at] = static_cast<std::uint32_t>(found_.size());
    } else {
      found_[slots_[at] - 1].second += weight;
    }
  }
  /// The heaviest `most`, and forgets all.
  std::vector<std::pair<GroupId, float>> take(std::size_t most) {
    std::fill(slots_.begin(), slots_.end(), 0);
    const std::size_t taken = std::min(most, found_.size());
    std::partial_sort(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(taken), found_.end(),
                      [](const auto& a, const auto& b) {
                        return a.second > b.second || (a.second == b.second && a.first < b.first);
                      });
    found_.resize(taken);
    return std::exchange(found_, {});
  }

 private:
  std::uint32_t place(GroupId id) const {
    const auto mask = static_cast<std::uint32_t>(slots_.size() - 1);
    std::uint32_t at = (id * 0x9E3779B1u) >> 8 & mask;
    while (slots_[at] != 0 && found_[slots_[at] - 1].first != id) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::size_t i = 0; i < found_.size(); ++i) slots_[place(found_[i].first)] = static_cast<std::uint32_t>(i + 1);
  }
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024);  // 1 + index into found_
  std::vector<std::pair<GroupId, float>> found_;
};

Groups::Choice Groups::choose(const TextVectors& text, std::int64_t time, double caution) const {
  thread_local Tally tally;
  const auto count = [&](std::uint32_t key, float weight) {
    index_.each(key, [&](GroupId id) { tally.add(id, weight); });
  };
  for (const auto& [word, weight] : heaviest(text.body, 2 * kIndexedWords)) count(word, weight);
  for (const auto& [word, weight] : heaviest(text.names, 2 * kIndexedNames)) count(name_key(word), weight);
  Choice choice;
  for (const auto& [id, weight] : tally.take(measure_.compared)) {
    const auto found = groups_.find(id);
    if (found == groups_.end()) continue;  // merged or closed
    const double like = likeness(text, time, found->second);
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

Groups::GroupId Groups::find(const Uuid& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? kNone : found->second;
}

Groups::GroupId Groups::start(const Uuid& id, std::int64_t time) {
  const GroupId made = next_;
  next_ = (next_ + 1) % PostingTable::kIds;
  Group& group = groups_[made];
  group.id = id;
  group.first = group.last = time;
  by_id_[id] = made;
  bytes_ += bytes_of(group);
  index_.set_live(oldest_, next_);
  return made;
}

std::size_t Groups::bytes_of(const Group& group) {
  constexpr std::size_t kNodes = 2 * 48;  // of the two maps
  return sizeof(Group) + kNodes +
         (group.sum.body.capacity() + group.sum.names.capacity() + group.sum.title.capacity()) *
             sizeof(WordVector::value_type);
}

void Groups::index(GroupId id, const TextVectors& text) {
  const auto enter = [&](std::uint32_t key) {
    std::array<GroupId, kMostOfWord> found;
    std::size_t count = 0;
    bool known = false;
    index_.each(key, [&](GroupId other) {
      known |= other == id;
      if (count < found.size()) found[count++] = other;
    });
    if (known) return;
    if (count == found.size()) index_.remove(key, *std::min_element(found.begin(), found.end()));
    index_.add(key, id);
  };
  for (const auto& [word, weight] : heaviest(text.body, kIndexedWords)) enter(word);
  for (const auto& [word, weight] : heaviest(text.names, kIndexedNames)) enter(name_key(word));
}

void Groups::add(GroupId id, const TextVectors& text, std::int64_t time) {
  Group& group = groups_.at(id);
  bytes_ -= bytes_of(group);
  const auto gather = [](WordVector& sum, const WordVector& words, std::size_t most) {
    add_scaled(sum, words, 1);
    keep_heaviest(sum, most);
  };
  gather(group.sum.body, text.body, kBodyOfGroup);
  gather(group.sum.names, text.names, kNamesOfGroup);
  gather(group.sum.title, text.title, kTitleOfGroup);
  group.first = group.size == 0 ? time : std::min(group.first, time);
  group.last = std::max(group.last, time);
  ++group.size;
  measure(group);
  bytes_ += bytes_of(group);
  index(id, text);
}

void Groups::merge(GroupId from, GroupId into) {
  const Group gone = groups_.at(from);
  drop(from);
  Group& group = groups_.at(into);
  bytes_ -= bytes_of(group);
  add_scaled(group.sum.body, gone.sum.body, 1);
  add_scaled(group.sum.names, gone.sum.names, 1);
  add_scaled(group.sum.title, gone.sum.title, 1);
  group.first = std::min(group.first, gone.first);
  group.last = std::max(group.last, gone.last);
  group.size += gone.size;
  measure(group);
  bytes_ += bytes_of(group);
  index(into, gone.sum);
}

void Groups::subtract(Group& group, const TextVectors& text) {
  const auto lessen = [](WordVector& sum, const WordVector& words) {
    add_scaled(sum, words, -1);
    std::erase_if(sum, [](const auto& entry) { return entry.second <= 1e-6f; });
  };
  lessen(group.sum.body, text.body);
  lessen(group.sum.names, text.names);
  lessen(group.sum.title, text.title);
  --group.size;
  measure(group);
}

namespace {

/// The cosine of a member and the sum without it, as far as the member is still in the sum.
double cosine_without(const WordVector& member, const WordVector& sum, double length) {
  double product = 0, own = 0;
  auto known = sum.begin();
  for (const auto& [word, weight] : member) {
    while (known != sum.end() && known->first < word) ++known;
    if (known == sum.end()) break;
    if (known->first != word) continue;
    product += double{weight} * double{known->second};
    own += double{weight} * double{weight};
  }
  const double rest = length * length - 2 * product + own;
  constexpr double kNothing = 1e-9;  // what rounding leaves of a sum that was the member alone
  return rest <= kNothing ? 0 : std::max(0.0, product - own) / std::sqrt(rest);
}

}  // namespace

double Groups::likeness_without(GroupId id, const TextVectors& member, std::int64_t time) const {
  const Group& group = groups_.at(id);
  return closeness(group, time, cosine_without(member.body, group.sum.body, group.body_length),
                   cosine_without(member.names, group.sum.names, group.names_length),
                   cosine_without(member.title, group.sum.title, group.title_length));
}

void Groups::take_out(GroupId id, const TextVectors& text) {
  Group& group = groups_.at(id);
  bytes_ -= bytes_of(group);
  subtract(group, text);
  bytes_ += bytes_of(group);
}

void Groups::drop(GroupId id) {
  const auto found = groups_.find(id);
  if (found == groups_.end()) return;
  bytes_ -= bytes_of(found->second);
  by_id_.erase(found->second.id);
  groups_.erase(found);
  move_oldest();
}

void Groups::move_oldest() {
  while (oldest_ != next_ && !groups_.contains(oldest_)) oldest_ = (oldest_ + 1) % PostingTable::kIds;
  index_.set_live(oldest_, next_);
}

void Groups::measure(Group& group) {
  group.body_length = length_of(group.sum.body);
  group.names_length = length_of(group.sum.names);
  group.title_length = length_of(group.sum.title);
}

}  // namespace newsd
