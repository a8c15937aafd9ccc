// What can go wrong at an output or in a client's request; the codes are what clients read in error lines.
#pragma once

#include "feeds/article/result.h"

namespace newsd {

enum class StreamError {
  BadRequest,         ///< no JSON object, or a member of the wrong kind
  UnknownKey,         ///< a request's member that does not exist
  UnknownType,        ///< a pattern that no event type matches
  UnknownFormat,      ///< no such encoding
  FutureSequence,     ///< a place the stream has not reached
  BadAck,             ///< an acknowledgement by a nameless client, or of what it was not sent
  RequestTooLong,     ///< no end of line within the limit
  RequestIncomplete,  ///< a request was begun and not finished in time
  Forbidden,          ///< the output asks for a token, and it was not said
  LateRequest,        ///< a request after the stream began
  TooManyClients,
  TooManyConsumers,   ///< no further named cursor is kept
  JournalUnreadable,  ///< the events asked for cannot be read now
  Expired,            ///< of a gap: the events left the journal
  Damaged,            ///< of a gap: the events cannot be read
  InUse,              ///< another process serves the path
  CannotCreate,
  Io
};
std::string_view code_of(StreamError e);

}  // namespace newsd
