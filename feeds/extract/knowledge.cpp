#include "feeds/extract/knowledge.h"

#include <algorithm>
#include <utility>

namespace newsd {

const SourceKnowledge* Knowledge::find(std::string_view source) const {
  const auto found = sources_.find(source);
  return found == sources_.end() ? nullptr : found->second.knowledge.get();
}

std::size_t Knowledge::known_lines() const {
  std::size_t lines = 0;
  for (const auto& [name, source] : sources_) lines += source.known_lines;
  return lines;
}

void Knowledge::put(std::string source, SourceKnowledge knowledge, std::uint64_t used, const LearningLimits& limits) {
  used_ = std::max(used_, used);
  const std::size_t known = knowledge.known_lines(limits.articles);
  sources_.insert_or_assign(std::move(source),
                            Source{std::make_shared<const SourceKnowledge>(std::move(knowledge)), known, used});
}

std::vector<Knowledge::Change> Knowledge::take(const std::vector<Lesson>& lessons, const LearningLimits& limits) {
  std::map<std::string, SourceKnowledge> changed;  // others may read by what stands in sources_
  for (const Lesson& lesson : lessons) {
    const auto [it, is_first] = changed.try_emplace(lesson.source);
    Source& source = sources_[lesson.source];
    if (is_first && source.knowledge) it->second = *source.knowledge;
    it->second.take(lesson, limits);
    source.used = ++used_;
  }
  std::map<std::string, Change> changes;
  for (auto& [name, knowledge] : changed) {
    Source& source = sources_.find(name)->second;
    const std::size_t before = std::exchange(source.known_lines, knowledge.known_lines(limits.articles));
    source.knowledge = std::make_shared<const SourceKnowledge>(std::move(knowledge));
    changes[name] = {name, before, source.known_lines};
  }
  for (const std::string& name : beyond(limits.sources)) {
    changes[name] = {name, sources_.find(name)->second.known_lines, 0};
    sources_.erase(name);
  }
  std::vector<Change> out;
  out.reserve(changes.size());
  for (auto& [name, change] : changes) out.push_back(std::move(change));
  return out;
}

/// Those that taught longest ago.
std::vector<std::string> Knowledge::beyond(std::size_t most) const {
  std::vector<std::string> names;
  if (sources_.size() <= most) return names;
  std::vector<std::pair<std::uint64_t, std::string_view>> by_use;
  for (const auto& [name, source] : sources_) by_use.emplace_back(source.used, name);
  std::sort(by_use.begin(), by_use.end());
  by_use.resize(sources_.size() - most);
  for (const auto& [used, name] : by_use) names.emplace_back(name);
  return names;
}

}  // namespace newsd
