// Numbers: measured on agency retransmissions and synthetic reprints. A shingle of more than four families of texts is
// boilerplate (without that F1 .913, with it .975); eight shared shingles make a candidate worth comparing; a window of
// 96 hours and the guards against templates are worth .10 to .15.
#include "daemon/dedupe/near_index.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace newsd {
namespace {

constexpr unsigned kMostFamilies = 4;  // that a shingle may be in and still tell something
constexpr unsigned kMostPostings = 8;  // of one shingle
constexpr unsigned kHostFamilies = 2;  // of one host: with the new text it is the third, so it is the host's furniture
constexpr std::uint32_t kLeastHits = 4;
constexpr unsigned kSeriesDays = 3;
constexpr std::int64_t kDay = 24 * 3600 * 1000;
constexpr std::int64_t kSeriesSpan = 14 * kDay;

std::int64_t milliseconds(Instant t) { return t.time_since_epoch().count(); }
std::uint32_t key_of(ArticleId id) {
  std::uint32_t key = 0;
  std::memcpy(&key, id.value().bytes.data() + 8, sizeof key);
  return key;
}

/// Without its sketch, with its share of the tables, which are between seven tenths and seventeen twentieths full.
std::size_t text_bytes(const NearIndex::Doc& d) {
  constexpr std::size_t kPosting = 8;
  return sizeof(NearIndex::Doc) + std::size_t{d.postings} * kPosting;
}

}  // namespace

bool NearIndex::is_near(std::int64_t time, std::int64_t other) const {
  return (time > other ? time - other : other - time) <= options_.window.count();
}

Sketch NearIndex::sketch(DocId id) const {
  Sketch found;
  doc(id).sketch.unpack(found);
  return found;
}

bool NearIndex::is_frequent(std::uint32_t shingle, std::int64_t time) const {
  bool frequent = false;
  postings_.each(shingle, [&](DocId id) {
    frequent |= (id & PostingTable::kMark) != 0 && is_near(time, doc(id & ~PostingTable::kMark).time);
  });
  return frequent;
}

/// The clusters that share shingles with the text, those with most first.
std::vector<NearIndex::Hits> NearIndex::hits_of(const Sketch& sketch, std::int64_t time,
                                                std::vector<bool>& informative) const {
  std::vector<std::pair<DocId, std::uint32_t>> docs;  // sorted by id
  informative.assign(sketch.shingles.size(), true);
  for (const std::uint32_t shingle : sketch.shingles) postings_.prefetch(shingle);
  std::array<DocId, kMostPostings + 1> found{};
  for (std::size_t i = 0; i < sketch.shingles.size(); ++i) {
    std::size_t count = 0;
    std::array<DocId, kHostFamilies> hosts{};
    unsigned of_host = 0;
    bool frequent = false;
    postings_.each(sketch.shingles[i], [&](DocId id) {
      const Doc& d = doc(id & ~PostingTable::kMark);
      if (!is_near(time, d.time)) return;
      frequent |= (id & PostingTable::kMark) != 0;
      if (count < found.size()) found[count++] = id;
      if (sketch.host == 0 || d.host != sketch.host || of_host == kHostFamilies) return;
      if (std::find(hosts.begin(), hosts.begin() + of_host, d.family) == hosts.begin() + of_host)
        hosts[of_host++] = d.family;
    });
    informative[i] = !frequent && of_host < kHostFamilies;
    if (!informative[i]) continue;
    for (std::size_t f = 0; f < count; ++f) {
      const auto at = std::lower_bound(docs.begin(), docs.end(), std::pair(found[f], 0u));
      if (at != docs.end() && at->first == found[f])
        ++at->second;
      else
        docs.insert(at, {found[f], 1});
    }
  }
  std::vector<Hits> clusters;
  for (const auto& [id, count] : docs) {
    const DocId cluster = doc(id).cluster;
    const auto known =
        std::find_if(clusters.begin(), clusters.end(), [&](const Hits& h) { return h.cluster == cluster; });
    if (known == clusters.end()) {
      clusters.push_back({cluster, id, count, count});
    } else {
      known->count += count;
      if (count > known->best_count) known->best = id, known->best_count = count;
    }
  }
  std::erase_if(clusters, [](const Hits& h) { return h.count < kLeastHits; });
  std::stable_sort(clusters.begin(), clusters.end(), [](const Hits& a, const Hits& b) { return a.count > b.count; });
  if (clusters.size() > kMostNeighbours) clusters.resize(kMostNeighbours);
  return clusters;
}

/// With the cluster's first text and with the one that shares most: the likelier of the two.
NearIndex::Neighbour NearIndex::compare(const Sketch& sketch, std::int64_t time, const Hits& hits,
                                        const std::vector<bool>& informative) const {
  thread_local Sketch known;
  Neighbour best;
  for (const DocId id : {hits.cluster, hits.best}) {
    if (!has(id) || id == best.doc || !is_near(time, doc(id).time)) continue;
    doc(id).sketch.unpack(known);
    for (const std::uint32_t shingle : known.shingles) postings_.prefetch(shingle);
    const Likeness like = likeness_of(
        sketch, known, [&](std::size_t i) { return informative[i]; },
        [&](std::uint32_t shingle) { return !is_frequent(shingle, time); });
    if (best.doc != kNone && like.containment() + like.jaccard() <= best.like.containment() + best.like.jaccard())
      continue;
    best.doc = id;
    best.like = like;
    best.numbers = compare_numbers(sketch.numbers, known.numbers);
    best.placed_names = compare_names(sketch.placed_names, known.placed_names);
    best.names = compare_words(sketch.names, known.names);
    best.title = compare_words(sketch.title, known.title);
  }
  return best;
}

NearIndex::Surroundings NearIndex::look(const Sketch& sketch, Instant time) const {
  Surroundings around;
  if (sketch.empty()) return around;
  const std::int64_t at = milliseconds(time);
  for (const Hits& hits : hits_of(sketch, at, around.informative)) {
    Neighbour neighbour = compare(sketch, at, hits, around.informative);
    if (neighbour.doc != kNone && neighbour.like.shared > 0) around.near.push_back(std::move(neighbour));
  }
  std::stable_sort(around.near.begin(), around.near.end(), [](const Neighbour& a, const Neighbour& b) {
    return a.like.containment() + a.like.jaccard() > b.like.containment() + b.like.jaccard();
  });
  around.in_series = sketch.series != 0 && days_of_series(sketch.series, at) >= kSeriesDays;
  return around;
}

/// Enters a shingle once a cluster. The fifth family makes it frequent: then one marked entry stands for all, renewed
/// by every text that has it, so that it is forgotten a window after the last.
void NearIndex::post(std::uint32_t shingle, DocId id) {
  const Doc& fresh = doc(id);
  std::array<DocId, kMostPostings + 2> found{};
  std::size_t count = 0;
  postings_.each(shingle, [&](DocId known) {
    if (count < found.size()) found[count++] = known;
  });
  std::array<DocId, kMostFamilies + 1> families{fresh.family};
  unsigned family_count = 1;
  std::size_t near = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Doc& known = doc(found[i] & ~PostingTable::kMark);
    if (!is_near(fresh.time, known.time)) {
      postings_.remove(shingle, found[i]);
      continue;
    }
    if (known.cluster == fresh.cluster && (found[i] & PostingTable::kMark) == 0) return;
    if ((found[i] & PostingTable::kMark) != 0) {
      postings_.replace(shingle, found[i], id | PostingTable::kMark);
      return;
    }
    found[near++] = found[i];
    if (family_count <= kMostFamilies &&
        std::find(families.begin(), families.begin() + family_count, known.family) == families.begin() + family_count)
      families[family_count++] = known.family;
  }
  if (family_count > kMostFamilies) {
    for (std::size_t i = 0; i < near; ++i) postings_.remove(shingle, found[i]);
    return postings_.add(shingle, id | PostingTable::kMark);
  }
  if (near >= kMostPostings) {
    const auto older = [this](DocId a, DocId b) { return distance(a) < distance(b); };
    postings_.remove(shingle, *std::min_element(found.begin(), found.begin() + near, older));
  }
  postings_.add(shingle, id);
}

unsigned NearIndex::days_of_series(std::uint32_t series, std::int64_t time) const {
  unsigned days = 1;
  series_.each(series, [&](DocId id) {
    const std::int64_t known = doc(id).time;
    days += known / kDay != time / kDay && std::abs(known - time) <= kSeriesSpan;
  });
  return days;
}

/// One entry a day, those of the last few days only.
void NearIndex::post_series(std::uint32_t series, DocId id) {
  const std::int64_t time = doc(id).time;
  bool known_day = false;
  DocId oldest = kNone;
  unsigned count = 0;
  series_.each(series, [&](DocId known) {
    known_day |= doc(known).time / kDay == time / kDay;
    if (oldest == kNone || distance(known) < distance(oldest)) oldest = known;
    ++count;
  });
  if (known_day) return;
  if (count >= kSeriesDays) series_.remove(series, oldest);
  series_.add(series, id);
}

void NearIndex::sync_live() {
  const auto next = static_cast<DocId>((std::uint64_t{first_} + docs_.size()) % PostingTable::kIds);
  for (PostingTable* table : {&postings_, &series_, &originals_}) table->set_live(first_, next);
}

NearIndex::DocId NearIndex::add(const Sketch& sketch, ArticleId original, std::uint32_t version, Instant time,
                                Instant received, DocId cluster, DocId family) {
  const auto id = static_cast<DocId>((std::uint64_t{first_} + docs_.size()) % PostingTable::kIds);
  Doc& d = docs_.emplace_back();
  d.original = original;
  d.time = milliseconds(time);
  d.received = milliseconds(received);
  d.cluster = cluster == kNone ? id : doc(cluster).cluster;
  d.family = cluster != kNone ? doc(cluster).family : family != kNone ? doc(family).family : id;
  d.version = version;
  d.host = sketch.host;
  d.source = sketch.source;
  d.postings = static_cast<std::uint32_t>(sketch.shingles.size() + 2);
  d.sketch = PackedSketch(sketch, spill_);
  bytes_ += text_bytes(d);
  sync_live();
  for (const std::uint32_t shingle : sketch.shingles) postings_.prefetch(shingle);
  for (const std::uint32_t shingle : sketch.shingles) post(shingle, id);
  if (sketch.series != 0) post_series(sketch.series, id);
  if (const DocId before = find(original); before != kNone) originals_.remove(key_of(original), before);
  originals_.add(key_of(original), id);
  return id;
}

NearIndex::DocId NearIndex::find(ArticleId original) const {
  DocId found = kNone;
  originals_.each(key_of(original), [&](DocId id) {
    if (doc(id).original == original) found = id;
  });
  return found;
}

bool NearIndex::forget_oldest() {
  if (docs_.empty()) return false;
  const Doc& d = docs_.front();
  bytes_ -= text_bytes(d);
  docs_.pop_front();
  first_ = (first_ + 1) % PostingTable::kIds;
  sync_live();
  return true;
}

void NearIndex::forget_before(Instant received) {
  while (!docs_.empty() && docs_.front().received < milliseconds(received)) forget_oldest();
}

}  // namespace newsd
