// The header of an HTTP answer: lines as they came → fields whose values are kept byte for byte. Bounded, pure, any
// thread. It does not split lists or decode anything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct HeaderField {
  std::string name;   ///< as sent
  std::string value;  ///< without the white space around it, else byte for byte
  bool operator==(const HeaderField&) const = default;
};

class HeaderFields {
 public:
  static constexpr std::size_t kMaxBytes = 128 << 10;  ///< of all lines of one answer together

  /// One line, with or without its line end; a line without a colon (the status line, the empty one) is no field.
  /// False: the answer has more than kMaxBytes of header, this line was dropped.
  bool add_line(std::string_view line);
  void add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }

  /// The first field of this name, in any case of letters.
  std::optional<std::string_view> value(std::string_view name) const;
  /// All of them, in their order.
  std::vector<std::string_view> values(std::string_view name) const;
  const std::vector<HeaderField>& fields() const { return fields_; }
  bool operator==(const HeaderFields&) const = default;

 private:
  std::vector<HeaderField> fields_;
  std::size_t bytes_ = 0;
};

/// What a server gave to recognise its answer by: opaque, sent back byte for byte (RFC 9110, 8.8). Empty: none.
struct Validators {
  std::string etag;
  std::string last_modified;
  bool operator==(const Validators&) const = default;
};

/// Both as they stand in an answer. A value of more than 1 KiB, or with a control character, is none: it could not be
/// sent back as it is.
Validators validators_of(const HeaderFields& header);

/// Whether two names or tokens are the same in any case of ASCII letters.
bool equal_token(std::string_view a, std::string_view b);
/// Without spaces and tabs at both ends.
std::string_view without_outer_space(std::string_view text);

}  // namespace newsd
