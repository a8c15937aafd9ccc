// Exit statuses of newsd, those of sysexits(3), and which error means which.
#pragma once

#include "feeds/article/result.h"

namespace newsd {

enum ExitStatus : int {
  kExitOk = 0,
  kExitUsage = 64,         ///< the command line was wrong
  kExitBadInput = 65,      ///< an input could not be read
  kExitUnavailable = 69,   ///< the daemon, its journal or another service is not there
  kExitInternal = 70,      ///< a fault in newsd
  kExitCannotCreate = 73,  ///< a file or socket cannot be made
  kExitIo = 74,            ///< reading or writing failed, the disk is full
  kExitTryAgain = 75,      ///< another daemon holds the state, or the journal is of a newer newsd
  kExitPermission = 77,
  kExitConfig = 78,
};

/// By the error's code: "locked", "newer-schema" and "older-schema" are kExitTryAgain, "not-found" kExitUnavailable,
/// "permission" kExitPermission, "cannot-create" kExitCannotCreate, else kExitIo.
int exit_status_of(const Error& error);

}  // namespace newsd
