// Which events a consumer wants: patterns of type names → a set of event types. Pure value.
#pragma once

#include "daemon/event/event.h"
#include "daemon/stream/stream_error.h"

#include <cstdint>
#include <span>
#include <string>

namespace newsd {

class TypeFilter {
 public:
  /// Passes everything.
  TypeFilter() = default;
  /// Each pattern is a type's whole name or a beginning of it followed by "*" ("newsd.article.*"); none passes
  /// everything. UnknownType when a pattern matches no type at all: it would wait in silence for ever.
  static Result<TypeFilter> parse(std::span<const std::string> patterns);

  bool passes(EventType type) const { return (bits_ >> static_cast<unsigned>(type) & 1u) != 0; }
  bool operator==(const TypeFilter&) const = default;

 private:
  std::uint32_t bits_ = ~std::uint32_t{0};
};

}  // namespace newsd
