#include "daemon/event/json_walk.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <string>
#include <vector>

namespace newsd {
namespace {

constexpr unsigned kParseFlags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

/// RapidJSON's events → leaves and objects with their paths.
class Walker : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Walker> {
 public:
  explicit Walker(const rapidjson::MemoryStream& in) : in_(in) {}

  std::function<void(const JsonLeaf&)> visit;
  std::string_view wanted;  ///< the path of the object whose bounds are sought
  std::size_t begin = 0, end = 0;

  bool Null() { return leaf("null", false); }
  bool Bool(bool b) { return leaf(b ? "true" : "false", false); }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) { return leaf({digits, size}, false); }
  bool String(const char* text, rapidjson::SizeType size, bool) { return leaf({text, size}, true); }
  bool StartObject() {
    if (!enter()) return false;
    if (end == 0 && path_ == wanted) begin = in_.Tell();  // at the opening brace
    return open(false);
  }
  bool Key(const char* name, rapidjson::SizeType size, bool) {
    path_.resize(levels_.back().base);
    if (!path_.empty()) path_ += '.';
    path_.append(name, size);
    levels_.back().empty = false;
    return true;
  }
  bool EndObject(rapidjson::SizeType) {
    close("{}");
    if (end == 0 && path_ == wanted) end = in_.Tell() + 1;  // at the closing brace
    return true;
  }
  bool StartArray() { return enter() && open(true); }
  bool EndArray(rapidjson::SizeType) {
    close("[]");
    return true;
  }

 private:
  struct Level {
    std::size_t base = 0;  ///< of path_: where the container's own path ends
    std::size_t next = 0;  ///< the index of an array's next element
    bool array = false;
    bool empty = true;
  };

  /// Completes the path of the value that comes now; false when it is nested too deep.
  bool enter() {
    if (levels_.size() >= kMaxJsonDepth) return false;
    if (levels_.empty() || !levels_.back().array) return true;
    Level& array = levels_.back();
    path_.resize(array.base);
    path_.append(path_.empty() ? "" : ".").append(std::to_string(array.next++));
    array.empty = false;
    return true;
  }
  bool open(bool array) {
    levels_.push_back({path_.size(), 0, array, true});
    return true;
  }
  void close(std::string_view when_empty) {
    const Level level = levels_.back();
    levels_.pop_back();
    path_.resize(level.base);
    if (level.empty && visit) visit({path_, when_empty, false});
  }
  bool leaf(std::string_view text, bool is_string) {
    if (!enter()) return false;
    if (visit) visit({path_, text, is_string});
    return true;
  }

  const rapidjson::MemoryStream& in_;
  std::string path_;
  std::vector<Level> levels_;
};

}  // namespace

bool walk_json(std::string_view text, const std::function<void(const JsonLeaf&)>& visit) {
  rapidjson::MemoryStream in(text.data(), text.size());
  Walker walker(in);
  walker.visit = visit;
  rapidjson::Reader reader;
  return !reader.Parse<kParseFlags>(in, walker).IsError();
}

std::optional<std::string_view> json_object_at(std::string_view text, std::string_view path) {
  rapidjson::MemoryStream in(text.data(), text.size());
  Walker walker(in);
  walker.wanted = path;
  rapidjson::Reader reader;
  if (reader.Parse<kParseFlags>(in, walker).IsError() || walker.end <= walker.begin) return std::nullopt;
  return text.substr(walker.begin, walker.end - walker.begin);
}

}  // namespace newsd
