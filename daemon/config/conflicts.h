// What is wrong between keys, each of which is fine alone: two outputs on one path, a drop directory that holds the
// journal. Lexical: looks at no disk. Pure.
#pragma once

#include "daemon/config/config.h"

#include <string>
#include <vector>

namespace newsd {

/// Where the parts of a configuration stand ("file:line:column" or an option's name), index by index.
struct ConfigPlaces {
  std::string state_dir;
  std::vector<std::string> drops;
  std::vector<std::string> feeds;
  std::vector<std::string> outputs;
  std::vector<std::string> rules;
  std::string http_listen;
  std::string websub_url;
};

/// Fills the names that default to something else in the section: a drop's path, an output's kind and path.
void fill_names(Config& config);

std::vector<Error> conflicts_of(const Config& config, const ConfigPlaces& places);

}  // namespace newsd
