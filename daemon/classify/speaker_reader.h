// Whom the words of a subject mean: a person, an institution, a document or a country of the cast. Stretches of tokens
// in, speakers out; the base of the search for quotations' speakers (speaker.cpp) alone. Pure; any thread.
#pragma once

#include "daemon/classify/speaker.h"
#include "daemon/classify/subject.h"

#include <string>

namespace newsd {

class SpeakerReader : protected SubjectReader {
 public:
  using SubjectReader::SubjectReader;

 protected:
  /// The speaker the phrase means; SpeakerRule::None when it can be nobody who speaks.
  Speaker made(SpeakerRule how, const Subject& subject, std::uint32_t cue) const;
  bool is_medium(const Speaker& speaker) const {
    return speaker.member != kNoWord && cast_.members[speaker.member].sector == "MED";
  }

 private:
  bool resolve(const Subject& subject, Speaker& speaker) const;
  bool resolve_pronoun(std::uint32_t token, Speaker& speaker) const;
  bool role_named(const std::string& role, const Subject& subject) const;
  std::uint32_t author_before(std::uint32_t token) const;
  bool document_before(std::uint32_t token) const;
};

}  // namespace newsd
