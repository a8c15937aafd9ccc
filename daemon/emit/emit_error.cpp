#include "daemon/emit/emit_error.h"

namespace newsd {

std::string_view code_of(EmitError e) {
  switch (e) {
    case EmitError::BadRequest: return "bad-request";
    case EmitError::UnknownKey: return "unknown-key";
    case EmitError::NotOffered: return "not-offered";
    case EmitError::UnknownType: return "unknown-type";
    case EmitError::UnknownFormat: return "unknown-format";
    case EmitError::FutureSequence: return "future-sequence";
    case EmitError::BadAck: return "bad-ack";
    case EmitError::RequestTooLong: return "request-too-long";
    case EmitError::RequestIncomplete: return "request-incomplete";
    case EmitError::Forbidden: return "forbidden";
    case EmitError::LateRequest: return "late-request";
    case EmitError::TooManyClients: return "too-many-clients";
    case EmitError::TooManyConsumers: return "too-many-consumers";
    case EmitError::JournalUnreadable: return "journal-unreadable";
    case EmitError::Expired: return "expired";
    case EmitError::Damaged: return "damaged";
    case EmitError::InUse: return "in-use";
    case EmitError::CannotCreate: return "cannot-create";
    case EmitError::Io: return "io";
  }
  return "io";
}

}  // namespace newsd
