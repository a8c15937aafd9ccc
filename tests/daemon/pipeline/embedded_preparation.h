// What inputs are prepared with where nothing is configured.
#pragma once

#include "daemon/pipeline/prepare.h"

namespace newsd {

inline Preparation embedded_preparation() {
  Preparation preparation;
  preparation.resources = default_resources();
  preparation.version = {"0.1.0", "sha256:test"};
  return preparation;
}

}  // namespace newsd
