#include "daemon/app/exit_status.h"

#include "daemon/journal/journal.h"

namespace newsd {

int exit_status_of(const Error& error) {
  if (error.is(JournalError::Locked) || error.is(JournalError::NewerSchema) || error.is(JournalError::OlderSchema))
    return kExitTryAgain;
  if (error.is(JournalError::NotFound)) return kExitUnavailable;
  if (error.is(JournalError::Permission)) return kExitPermission;
  if (error.is(JournalError::CannotCreate)) return kExitCannotCreate;
  return kExitIo;
}

}  // namespace newsd
