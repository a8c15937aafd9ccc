// Articles and records in our own words, for the tests of events: one record of every type, with everything in it that
// an event can hold.
#pragma once

#include "daemon/event/article_event.h"

#include <vector>

namespace newsd {

/// When the samples were received: 2026-03-04T05:06:07.089Z.
Instant sample_time();
Uuid sample_uuid(std::uint8_t last_byte);

/// Everything filled: captions, names, dates, removed lines, characters beyond ASCII, control characters.
Article full_article();
/// As little as an article can be: one sentence without a headline.
Article bare_article();
/// An article whose every field is bytes that are no UTF-8, terminal escapes or markup.
Article hostile_article();
Labels sample_labels();
Origin sample_origin();
PipelineVersion sample_version();

Verdict new_verdict();
Verdict update_verdict();
Verdict duplicate_verdict();
Candidate sample_candidate();
StoryFacts sample_story();

/// A record around `placed`, ready for line_of().
Record record_of(EventType type, std::string subject, std::string placed, std::uint64_t sequence);
/// A record of an article event.
Record article_record(EventType type, const Article& article, const Verdict& verdict, std::uint64_t sequence);

/// At least one of every type, sequences from 1.
std::vector<Record> one_of_every_type();

}  // namespace newsd
