// What `newsd run` was asked to do, as plain values: the checked configuration and what the command line adds to it.
// The command fills it, app reads it.
#pragma once

#include "daemon/config/config.h"
#include "daemon/config/overrides.h"

#include <filesystem>

namespace newsd {

struct RunOptions {
  Config config;                      ///< without errors, overrides applied, at least one output
  std::filesystem::path config_file;  ///< a reload calls load_config(config_file, overrides); empty: there is no file
  Overrides overrides;
  bool once = false;                      ///< take what is there, emit everything, end
  bool read_stdin = false;                ///< stdin is one more input, read to its end
  Format input_format = Format::Unknown;  ///< forced on stdin; Unknown: detect
};

}  // namespace newsd
