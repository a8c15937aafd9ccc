// Numbers: measured on agency retransmissions and synthetic reprints. A shingle of more than four families of texts is
// boilerplate (without that F1 .913, with it .975); eight shared shingles make a candidate worth comparing; a window of
// 96 hours and the guards against templates are worth .10 to .15.
#include "daemon/dedupe/near_index.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <span>

namespace newsd {
namespace {

constexpr unsigned kMostFamilies = 4;  // that a shingle may be in and still tell something
constexpr unsigned kMostPostings = 8;  // of one shingle
constexpr unsigned kHostFamilies = 2;  // of one host: with the new text it is the third, so it is the host's furniture
constexpr float kLeastHits = 4;
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
  if (!frequent_.may_have(shingle)) return false;
  bool frequent = false;
  postings_.each(shingle, [&](DocId id) {
    frequent |= (id & PostingTable::kMark) != 0 && is_near(time, doc(id & ~PostingTable::kMark).time);
  });
  return frequent;
}

/// Whether each of the text's shingles tells anything, and which texts those that do are in: counted by text and by
/// cluster.
void NearIndex::count_hits(const Sketch& sketch, std::int64_t time, std::vector<bool>& informative, Tally& docs,
                           Tally& clusters) const {
  thread_local std::vector<DocId> found;
  thread_local std::vector<std::size_t> ends;  // in `found`, of each shingle's
  found.clear();
  ends.clear();
  for (const std::uint32_t shingle : sketch.shingles) postings_.prefetch(shingle);
  for (const std::uint32_t shingle : sketch.shingles) {
    postings_.each(shingle, [&](DocId id) {
      found.push_back(id);
      __builtin_prefetch(&doc(id & ~PostingTable::kMark).time);
    });
    ends.push_back(found.size());
  }
  docs.make_room(found.size());
  clusters.make_room(found.size());
  informative.assign(sketch.shingles.size(), true);
  std::array<std::pair<DocId, DocId>, kMostPostings + 1> near{};  // text and cluster
  for (std::size_t i = 0, at = 0; i < ends.size(); ++i) {
    std::size_t count = 0;
    std::array<DocId, kHostFamilies> hosts{};
    unsigned of_host = 0;
    bool frequent = false;
    for (; at < ends[i]; ++at) {
      const DocId id = found[at];
      const Doc& d = doc(id & ~PostingTable::kMark);
      if (!is_near(time, d.time)) continue;
      frequent |= (id & PostingTable::kMark) != 0;
      if (count < near.size()) near[count++] = {id, d.cluster};
      if (sketch.host == 0 || d.host != sketch.host || of_host == kHostFamilies) continue;
      if (std::find(hosts.begin(), hosts.begin() + of_host, d.family) == hosts.begin() + of_host)
        hosts[of_host++] = d.family;
    }
    informative[i] = !frequent && of_host < kHostFamilies;
    if (!informative[i]) continue;
    for (const auto& [id, cluster] : std::span(near).first(count)) {
      docs.add(id, 1);
      clusters.add(cluster, 1);
    }
  }
}

/// The clusters that share shingles with the text, those with most first; of equal ones that with the lower id among
/// its texts.
std::vector<NearIndex::Hits> NearIndex::hits_of(const Sketch& sketch, std::int64_t time,
                                                std::vector<bool>& informative) const {
  thread_local Tally docs, by_cluster;
  count_hits(sketch, time, informative, docs, by_cluster);
  std::vector<Hits> clusters;
  by_cluster.drain([&](DocId cluster, float count) {
    if (count >= kLeastHits) clusters.push_back({cluster, kNone, static_cast<std::uint32_t>(count), 0, kNone});
  });
  std::sort(clusters.begin(), clusters.end(), [](const Hits& a, const Hits& b) { return a.cluster < b.cluster; });
  docs.drain([&](DocId id, float shared) {
    const DocId cluster = doc(id).cluster;
    const auto hits = std::lower_bound(clusters.begin(), clusters.end(), cluster,
                                       [](const Hits& h, DocId sought) { return h.cluster < sought; });
    if (hits == clusters.end() || hits->cluster != cluster) return;
    hits->first = std::min(hits->first, id);
    const auto count = static_cast<std::uint32_t>(shared);
    if (count < hits->best_count || (count == hits->best_count && id > hits->best)) return;
    hits->best = id;
    hits->best_count = count;
  });
  std::sort(clusters.begin(), clusters.end(), [](const Hits& a, const Hits& b) {
    return a.count > b.count || (a.count == b.count && a.first < b.first);
  });
  if (clusters.size() > kMostNeighbours) clusters.resize(kMostNeighbours);
  return clusters;
}

/// With the cluster's first text and with the one that shares most: the likelier of the two. The rest is compared only
/// where the likeness is enough.
NearIndex::Neighbour NearIndex::compare(const Sketch& sketch, std::int64_t time, const Hits& hits,
                                        const std::vector<bool>& informative) const {
  thread_local Sketch known;
  Neighbour best;
  for (const DocId id : {hits.cluster, hits.best}) {
    if (!has(id) || id == best.doc || !is_near(time, doc(id).time)) continue;
    doc(id).sketch.unpack_shingles(known);
    for (const std::uint32_t shingle : known.shingles)
      if (frequent_.may_have(shingle)) postings_.prefetch(shingle);
    const Likeness like = likeness_of(
        sketch, known, [&](std::size_t i) { return informative[i]; },
        [&](std::uint32_t shingle) { return !is_frequent(shingle, time); });
    if (best.doc != kNone && like.containment() + like.jaccard() <= best.like.containment() + best.like.jaccard())
      continue;
    best.doc = id;
    best.like = like;
  }
  if (best.doc == kNone || !is_enough(best.like)) return best;
  doc(best.doc).sketch.unpack(known);
  best.numbers = compare_numbers(sketch.numbers, known.numbers);
  best.placed_names = compare_names(sketch.placed_names, known.placed_names);
  best.names = compare_words(sketch.names, known.names);
  best.title = compare_words(sketch.title, known.title);
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

/// A mark is over with the text that made it: when the first text of a generation has left, so have all of the one
/// before.
void NearIndex::note_frequent(std::uint32_t shingle, DocId id) {
  if (generation_begin_ == kNone || !has(generation_begin_)) {
    frequent_.next_generation();
    generation_begin_ = id;
  }
  frequent_.put(shingle);
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
  if (count == 0) return postings_.add(shingle, id);
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
      return note_frequent(shingle, id);
    }
    found[near++] = found[i];
    if (family_count <= kMostFamilies &&
        std::find(families.begin(), families.begin() + family_count, known.family) == families.begin() + family_count)
      families[family_count++] = known.family;
  }
  if (family_count > kMostFamilies) {
    for (std::size_t i = 0; i < near; ++i) postings_.remove(shingle, found[i]);
    postings_.add(shingle, id | PostingTable::kMark);
    return note_frequent(shingle, id);
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
