// JsonText: JSON appended to a string piece by piece. Keys stand in the order of the calls, so the same calls give the
// same bytes; whatever bytes come in, what goes out is valid UTF-8 and cannot steer a terminal: control characters
// (C0, DEL, C1) and U+2028/2029 are escaped, bytes that are no UTF-8 become U+FFFD. Plain value; it does not check that
// the calls make a whole document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace newsd {

class JsonText {
 public:
  JsonText& begin_object() { return open('{'); }
  JsonText& end_object() { return close('}'); }
  JsonText& begin_array() { return open('['); }
  JsonText& end_array() { return close(']'); }
  JsonText& key(std::string_view name);
  JsonText& string(std::string_view text);
  JsonText& integer(std::uint64_t value);
  /// Rounded to three decimals; what is no number is 0.
  JsonText& decimal(double value);
  JsonText& null();
  JsonText& boolean(bool value);
  /// Bytes that are JSON already: a value, or members of an object.
  JsonText& raw(std::string_view json);
  /// key() and string().
  JsonText& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  /// The same unless text is empty: absent fields are left out, not printed empty.
  JsonText& member_if(std::string_view name, std::string_view text) {
    return text.empty() ? *this : member(name, text);
  }
  /// Ends a group of members; the next starts on a new line.
  JsonText& next_line();

  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  std::string take() { return std::move(out_); }

 private:
  JsonText& open(char bracket);
  JsonText& close(char bracket);
  void separate();

  std::string out_;
  bool comma_ = false;  ///< whether a comma must precede what comes next
};

}  // namespace newsd
