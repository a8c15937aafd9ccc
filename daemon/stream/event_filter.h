// Which events a consumer wants: of these types, and only where an expression holds of them. I/O thread only.
#pragma once

#include "daemon/stream/type_filter.h"
#include "daemon/stream/where.h"

#include <memory>

namespace newsd {

struct EventFilter {
  TypeFilter types;
  std::shared_ptr<const Where> where;  ///< null: all of the types

  bool passes(const EmittedEvent& event) const {
    return types.passes(event.type()) && (where == nullptr || where->holds(event));
  }
};

}  // namespace newsd
