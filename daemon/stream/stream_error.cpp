#include "daemon/stream/stream_error.h"

namespace newsd {

std::string_view code_of(StreamError e) {
  switch (e) {
    case StreamError::BadRequest: return "bad-request";
    case StreamError::UnknownKey: return "unknown-key";
    case StreamError::UnknownType: return "unknown-type";
    case StreamError::UnknownFormat: return "unknown-format";
    case StreamError::FutureSequence: return "future-sequence";
    case StreamError::BadAck: return "bad-ack";
    case StreamError::RequestTooLong: return "request-too-long";
    case StreamError::RequestIncomplete: return "request-incomplete";
    case StreamError::Forbidden: return "forbidden";
    case StreamError::LateRequest: return "late-request";
    case StreamError::TooManyClients: return "too-many-clients";
    case StreamError::TooManyConsumers: return "too-many-consumers";
    case StreamError::JournalUnreadable: return "journal-unreadable";
    case StreamError::Expired: return "expired";
    case StreamError::Damaged: return "damaged";
    case StreamError::InUse: return "in-use";
    case StreamError::CannotCreate: return "cannot-create";
    case StreamError::Io: return "io";
  }
  return "io";
}

}  // namespace newsd
