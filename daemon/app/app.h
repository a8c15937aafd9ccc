// The daemon as a whole: builds the stages in order, starts them, waits, stops them in order. daemon.cpp reads as its
// table of contents.
#pragma once

#include "daemon/app/run_options.h"

namespace newsd {

/// Runs until it is told to stop (SIGTERM, SIGINT, a closed stdout, the end of --once); returns the exit status
/// (sysexits).
int run_daemon(RunOptions options);

}  // namespace newsd
