// The form in which states are kept in the journal: lines of "name value", values percent-encoded where they are no
// printable ASCII. StateWriter and StateTaker visit a state's members by name: what has its default is not written, a
// name that no member has is passed over (a newer newsd wrote it). Pure.
#pragma once

#include "feeds/article/polled_sitemap.h"
#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"
#include "feeds/schedule/publishing.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// A line without a value, or a value that is none of its member: "malformed-feed-state".
enum class FeedStateError { Malformed };
std::string_view code_of(FeedStateError e);

class StateWriter {
 public:
  void operator()(std::string_view name, const std::string& value);
  void operator()(std::string_view name, const Instant& value) { number(name, value.time_since_epoch().count()); }
  void operator()(std::string_view name, const std::chrono::seconds& value) { number(name, value.count()); }
  void operator()(std::string_view name, const std::optional<std::chrono::seconds>& value) {
    if (value) line(name, std::to_string(value->count()));
  }
  void operator()(std::string_view name, const bool& value) { number(name, value ? 1 : 0); }
  void operator()(std::string_view name, const double& value);
  void operator()(std::string_view name, const Publishing& value);
  void operator()(std::string_view name, const std::vector<PolledSitemap>& value);
  template <class T>
  void operator()(std::string_view name, const T& value) {
    number(name, value);
  }
  std::string take() { return std::move(out_); }

 private:
  template <class T>
  void number(std::string_view name, T value) {
    if (value != T{}) line(name, std::to_string(value));
  }
  void line(std::string_view name, std::string_view value);
  std::string out_;
};

/// Takes the member of one line's name.
class StateTaker {
 public:
  StateTaker(std::string_view name, std::string_view value) : name_(name), value_(value) {}

  void operator()(std::string_view name, std::string& into);
  void operator()(std::string_view name, Instant& into);
  void operator()(std::string_view name, std::chrono::seconds& into);
  void operator()(std::string_view name, std::optional<std::chrono::seconds>& into) {
    if (name == name_) (*this)(name, into.emplace());
  }
  void operator()(std::string_view name, bool& into);
  void operator()(std::string_view name, Publishing& into);
  void operator()(std::string_view name, std::vector<PolledSitemap>& into);
  template <class T>
  void operator()(std::string_view name, T& into) {
    if (name == name_ && !read_number(value_, into)) well_ = false;
  }
  bool well() const { return well_; }

 private:
  template <class T>
  static bool read_number(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && error == std::errc() && end == text.data() + text.size();
  }
  std::string_view name_, value_;
  bool well_ = true;
};

/// each_member(state, visit) calls visit(name, member) for every member; what is as at the beginning needs no line.
template <class State, class EachMember>
std::string state_lines(const State& state, EachMember each_member) {
  StateWriter writer;
  each_member(state, writer);
  return writer.take();
}

/// A state from its lines. FeedStateError::Malformed: a line that cannot be read.
template <class State, class EachMember>
Result<State> state_of_lines(std::string_view text, EachMember each_member) {
  State state;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? text.size() : line.size() + 1);
    const auto space = line.find(' ');
    if (space == std::string_view::npos)
      return Error(FeedStateError::Malformed, "a line without a value: " + std::string(line));
    StateTaker taker(line.substr(0, space), line.substr(space + 1));
    each_member(state, taker);
    if (!taker.well()) return Error(FeedStateError::Malformed, "a value that cannot be read: " + std::string(line));
  }
  return state;
}

}  // namespace newsd
