#include "daemon/classify/topic_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace newsd {

namespace {

/// A label's name as JSON; control characters cannot be in one that came through JSON unescaped, but may be escaped.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out.append("\\").push_back(c);
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      out += c;
  }
  return out + '"';
}

}  // namespace

Counts& Counts::operator+=(const Counts& o) {
  right += o.right;
  said += o.said;
  gold += o.gold;
  return *this;
}

TopicFigures::TopicFigures(std::vector<std::string> labels) : labels_(std::move(labels)), counts_(labels_.size()) {}

void TopicFigures::add(const std::vector<char>& gold, const std::vector<double>& scores,
                       const std::vector<char>& said) {
  ++rows_;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    counts_[i].gold += gold[i] != 0;
    counts_[i].said += said[i] != 0;
    counts_[i].right += gold[i] != 0 && said[i] != 0;
    Tenth& tenth = tenths_[std::min<std::size_t>(9, static_cast<std::size_t>(std::clamp(scores[i], 0.0, 1.0) * 10))];
    ++tenth.count;
    tenth.held += gold[i] != 0;
    tenth.sum += scores[i];
  }
  const auto gold_count = std::count(gold.begin(), gold.end(), 1);
  if (gold_count == 0) return;
  ++labelled_;
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  best_right_ += gold[best] != 0;
  if (gold_count == 1)
    ++confusion_[{static_cast<std::size_t>(std::find(gold.begin(), gold.end(), 1) - gold.begin()), best}];
}

Counts TopicFigures::all() const {
  return std::accumulate(counts_.begin(), counts_.end(), Counts{}, [](Counts a, const Counts& b) { return a += b; });
}

double TopicFigures::macro_f1() const {
  double sum = 0;
  for (const Counts& counts : counts_) sum += counts.f1();
  return counts_.empty() ? 0 : sum / static_cast<double>(counts_.size());
}

double TopicFigures::accuracy() const {
  return labelled_ == 0 ? 0 : static_cast<double>(best_right_) / static_cast<double>(labelled_);
}

double TopicFigures::calibration_error() const {
  double sum = 0;
  std::size_t count = 0;
  for (const Tenth& tenth : tenths_) {
    sum += std::abs(tenth.sum - static_cast<double>(tenth.held));
    count += tenth.count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

std::string TopicFigures::text() const {
  std::string out;
  auto line = std::back_inserter(out);
  std::size_t width = 5;
  for (const std::string& label : labels_) width = std::max(width, label.size());
  fmt::format_to(line, "{:<{}}  {:>7} {:>9} {:>7} {:>7}\n", "label", width, "rows", "precision", "recall", "F1");
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const Counts& c = counts_[i];
    fmt::format_to(line, "{:<{}}  {:>7} {:>9.3f} {:>7.3f} {:>7.3f}\n", labels_[i], width, c.gold, c.precision(),
                   c.recall(), c.f1());
  }
  const Counts c = all();
  fmt::format_to(line, "{:<{}}  {:>7} {:>9.3f} {:>7.3f} {:>7.3f}\n", "all", width, c.gold, c.precision(), c.recall(),
                 c.f1());
  fmt::format_to(line, "accuracy of the best label {:.3f}, macro F1 {:.3f}, calibration error {:.3f}, {} rows\n",
                 accuracy(), macro_f1(), calibration_error(), rows_);
  std::vector<std::pair<std::pair<std::size_t, std::size_t>, std::size_t>> mistakes;
  for (const auto& entry : confusion_)
    if (entry.first.first != entry.first.second) mistakes.push_back(entry);
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (std::size_t i = 0; i < std::min<std::size_t>(mistakes.size(), 5); ++i)
    fmt::format_to(line, "{} rows of {} were taken for {}\n", mistakes[i].second, labels_[mistakes[i].first.first],
                   labels_[mistakes[i].first.second]);
  return out;
}

std::string TopicFigures::json_members() const {
  std::string out;
  auto add = std::back_inserter(out);
  fmt::format_to(add, R"("rows":{},"accuracy":{:.4f},"microF1":{:.4f},"macroF1":{:.4f},"labels":[)", rows_, accuracy(),
                 all().f1(), macro_f1());
  for (std::size_t i = 0; i < labels_.size(); ++i)
    fmt::format_to(add, R"({}{{"label":{},"rows":{},"precision":{:.4f},"recall":{:.4f},"f1":{:.4f}}})",
                   i == 0 ? "" : ",", quoted(labels_[i]), counts_[i].gold, counts_[i].precision(), counts_[i].recall(),
                   counts_[i].f1());
  out += R"(],"confusion":[)";
  bool first = true;
  for (const auto& [pair, count] : confusion_) {
    fmt::format_to(add, R"({}{{"label":{},"taken":{},"rows":{}}})", first ? "" : ",", quoted(labels_[pair.first]),
                   quoted(labels_[pair.second]), count);
    first = false;
  }
  fmt::format_to(add, R"(],"calibration":{{"error":{:.4f},"tenths":[)", calibration_error());
  for (std::size_t i = 0; i < tenths_.size(); ++i) {
    const Tenth& t = tenths_[i];
    const double n = static_cast<double>(std::max<std::size_t>(t.count, 1));
    fmt::format_to(add, R"({}{{"scores":{},"mean":{:.4f},"held":{:.4f}}})", i == 0 ? "" : ",", t.count, t.sum / n,
                   static_cast<double>(t.held) / n);
  }
  return out + "]}";
}

}  // namespace newsd
