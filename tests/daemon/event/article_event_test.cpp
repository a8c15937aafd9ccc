#include "daemon/event/article_event.h"
#include "daemon/event/json_walk.h"
#include "daemon/event/payload.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

#include <limits>
#include <map>
#include <string>

namespace newsd {
namespace {

using Leaves = std::map<std::string, std::string>;

Leaves said_of(EventType type, const Article& article, const Verdict& verdict) {
  Leaves all;
  const std::string line = line_of(article_record(type, article, verdict, 1)).value();
  REQUIRE(walk_json(line, [&](const JsonLeaf& leaf) { all[std::string(leaf.path)] = leaf.text; }));
  return all;
}

Leaves said_of(const Article& article) { return said_of(EventType::ArticleNew, article, new_verdict()); }

/// What encode_article() makes, with labels and an origin of the test's own.
Leaves encoded(const Article& article, const Labels& labels, const Origin& origin) {
  Record r = article_record(EventType::ArticleNew, article, new_verdict(), 1);
  const EncodedArticle parts = encode_article(article, labels, origin, sample_version());
  r.payload = parts.core.frame + parts.body.frame;
  Leaves all;
  REQUIRE(walk_json(line_of(r).value(), [&](const JsonLeaf& leaf) { all[std::string(leaf.path)] = leaf.text; }));
  return all;
}

bool has_any(const Leaves& all, std::string_view prefix) {
  const auto at = all.lower_bound(std::string(prefix));
  return at != all.end() && at->first.starts_with(prefix);
}

TEST_CASE("an article without a headline has a title and no headlines") {
  const Leaves said = said_of(bare_article());
  CHECK(said.at("data.item.title") == "The lighthouse is dark.");
  CHECK_FALSE(has_any(said, "data.item.headlines"));
}

TEST_CASE("what the input does not say is absent, and named in missing") {
  const Leaves said = said_of(bare_article());
  for (const char* field :
       {"data.item.by", "data.item.infoSources", "data.item.descriptions", "data.item.contentCreated",
        "data.item.associations", "data.newsd.published", "data.newsd.updated", "data.newsd.flags"}) {
    INFO(field);
    CHECK_FALSE(has_any(said, field));
  }
  for (const auto& [path, text] : said) CHECK(text != "author");
  CHECK(said.at("data.newsd.missing.4") == "publisher");
}

TEST_CASE("a line that was left out for what other articles say tells of how many, one without a number has none") {
  Article a = bare_article();
  a.removed = {{LineRange{2, 2}, RemovedKind::Repeat, "Follow us on all our channels", 7},
               {LineRange{0, 0}, RemovedKind::Repeat, "Read on in our app", 3},
               {LineRange{4, 4}, RemovedKind::Repeat, "The harbour is closed"}};
  const Leaves said = said_of(a);
  CHECK(said.at("data.newsd.removed.0.learnedFrom") == "7");
  CHECK(said.at("data.newsd.removed.0.lines.0") == "2");
  CHECK(said.at("data.newsd.removed.1.learnedFrom") == "3");
  CHECK_FALSE(has_any(said, "data.newsd.removed.1.lines"));
  CHECK_FALSE(has_any(said, "data.newsd.removed.2.learnedFrom"));
}

TEST_CASE("a date known to the day is no creation time") {
  Article a = bare_article();
  a.published = When{"2026-03-03", Precision::Day, "3 March"};
  const Leaves said = said_of(a);
  CHECK_FALSE(has_any(said, "data.item.contentCreated"));
  CHECK(said.at("data.newsd.published.value") == "2026-03-03");
  CHECK(said.at("data.newsd.published.precision") == "day");
  CHECK(said_of(full_article()).at("data.item.contentCreated") == "2026-03-03T18:30:00Z");
}

TEST_CASE("the body is counted in characters and words, and its hash is of what is printed") {
  Article a = bare_article();
  a.paragraphs = {"Åse sails – again.", "東"};
  const Leaves said = said_of(a);
  CHECK(said.at("data.item.bodies.0.value") == "Åse sails – again.\n\n東");
  CHECK(said.at("data.item.bodies.0.charCount") == "21");
  CHECK(said.at("data.item.bodies.0.wordCount") == "4");
  a.paragraphs = {"ab\xff"};
  // sha256 of "ab" and U+FFFD
  CHECK(said_of(a).at("data.newsd.fingerprint.bodySha256") ==
        "7ad10e79f47f28b42a026de5feb9fc43e99e0399fe85aee84ce578157c2216fe");
}

TEST_CASE("an article without a body has none, and is still whole") {
  Article a = bare_article();
  a.headline = "Ferry sails";
  a.paragraphs.clear();
  CHECK(encode_article(a, sample_labels(), sample_origin(), sample_version()).body.frame.empty());
  const Leaves said = said_of(a);
  CHECK_FALSE(has_any(said, "data.item.bodies"));
  CHECK(said.at("data.item.representationType") == "full");
}

TEST_CASE("a picture's URI is the article's with a fragment; only a URL that is one becomes a rendition") {
  const Leaves said = said_of(full_article());
  CHECK(said.at("data.item.associations.0.uri") == "urn:uuid:5e1f0000-0000-5000-8000-000000000001#photo-1");
  CHECK(said.at("data.item.associations.0.renditions.0.href") == "https://harbour.example/img/hall.jpg");
  CHECK(said.at("data.item.associations.1.altIds.0.value") == "not a url");
  CHECK_FALSE(has_any(said, "data.item.associations.1.renditions"));
}

TEST_CASE("ids come back under their roles, the URL in its canonical form") {
  const Leaves said = said_of(full_article());
  const char* expected[][2] = {{"id", "harbour-2026-117"},
                               {"url", "https://harbour.example/news/strike?id=117"},
                               {"guid", "tag:harbour.example,2026:117"},
                               {"filename", "117.txt"}};
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    const std::string at = "data.item.altIds." + std::to_string(i);
    CHECK(said.at(at + ".role") == expected[i][0]);
    CHECK(said.at(at + ".value") == expected[i][1]);
  }
}

TEST_CASE("what came over a wire has no file name") {
  Origin origin = sample_origin();
  origin.kind = OriginKind::Stdin;
  origin.uri = "urn:newsd:stdin";
  const Leaves said = encoded(bare_article(), sample_labels(), origin);
  for (const auto& [path, text] : said) CHECK(text != "filename");
}

TEST_CASE("topics carry their code, their weight and the words that decided") {
  const Leaves said = said_of(full_article());
  CHECK(said.at("data.item.subjects.0.uri") == "http://cv.iptc.org/newscodes/mediatopic/09000000");
  CHECK(said.at("data.item.subjects.0.literal") == "medtop:09000000");
  CHECK(said.at("data.item.subjects.2.relevance") == "40");
  CHECK(said.at("data.newsd.classify.why.medtop:20000534.0") == "strike");
  CHECK_FALSE(has_any(said, "data.newsd.classify.why.medtop:20000337"));
}

TEST_CASE("labels say what was found, and leave out what was not") {
  const Leaves said = said_of(full_article());
  CHECK(said.at("data.newsd.labels.countries.0.code") == "NOR");
  CHECK(said.at("data.newsd.labels.entities.2.mentions.1.0") == "30");
  CHECK(said.at("data.newsd.labels.quotes.0.speaker") == "e1");
  CHECK(said.at("data.newsd.labels.quotes.1.continues") == "q1");
  CHECK_FALSE(has_any(said, "data.newsd.labels.quotes.1.voice"));
  CHECK(said.at("data.newsd.labels.events.0.cameo") == "057");
  CHECK(said.at("data.newsd.labels.dates.0.precision") == "day");
  CHECK_FALSE(has_any(said, "data.newsd.labels.dates.1.value"));
  const Leaves bare = encoded(bare_article(), Labels{}, sample_origin());
  for (const char* list : {"countries", "entities", "quotes", "events", "dates", "tone"})
    CHECK_FALSE(has_any(bare, std::string("data.newsd.labels.") + list));
}

TEST_CASE("persons, organisations and places of the text stand in the item, countries with their codes") {
  const Leaves said = said_of(full_article());
  CHECK(said.at("data.item.people.2.name") == "Åse Nordlie");
  CHECK(said.at("data.item.people.2.rel") == "mentions");
  CHECK(said.at("data.item.organisations.0.name") == "Seamen’s Union");
  CHECK(said.at("data.item.places.0.literal") == "iso3166:NOR");
  CHECK(said.at("data.item.places.2.name") == "Østby");
}

TEST_CASE("a quote too long for the event is left out rather than cut, and the event flagged") {
  Labels labels = sample_labels();
  labels.quotes[0].text.assign(kMaxFieldBytes + 1, 'x');
  const Leaves said = encoded(bare_article(), labels, sample_origin());
  CHECK(said.at("data.newsd.labels.quotes.0.id") == "q2");
  CHECK(said.at("data.newsd.flags.0") == "truncated");
}

TEST_CASE("a topic given twice is explained once: no key stands twice in an object") {
  Labels labels = sample_labels();
  labels.topics.push_back(labels.topics.front());
  const EncodedArticle parts = encode_article(bare_article(), labels, sample_origin(), sample_version());
  const std::string content = unpacked(parts.core.frame).value();
  const auto first = content.find("\"medtop:09000000\":");
  REQUIRE(first != std::string::npos);
  CHECK(content.find("\"medtop:09000000\":", first + 1) == std::string::npos);
}

TEST_CASE("confidences out of range are brought back into it") {
  Labels labels = sample_labels();
  labels.language.confidence = 7;
  labels.topics[0].relevance = 900;
  labels.topics[0].confidence = -3;
  const Leaves said = encoded(hostile_article(), labels, sample_origin());
  CHECK(said.at("data.newsd.labels.language.confidence") == "1");
  CHECK(said.at("data.item.subjects.0.relevance") == "100");
  CHECK(said.at("data.item.subjects.0.confidence") == "0");
  CHECK(said.at("data.newsd.fields.headline.confidence") == "100");
}

TEST_CASE("texts and lists that are too long are cut and the event says so") {
  Article a = full_article();
  a.headline = std::string(kMaxFieldBytes - 1, 'x') + "é";
  a.removed.assign(kMaxListed + 1, a.removed.front());
  const Leaves said = said_of(a);
  CHECK(said.at("data.item.headlines.0.value") == std::string(kMaxFieldBytes - 1, 'x'));
  CHECK(said.count("data.newsd.removed." + std::to_string(kMaxListed - 1) + ".kind") == 1);
  CHECK(said.count("data.newsd.removed." + std::to_string(kMaxListed) + ".kind") == 0);
  CHECK(said.at("data.newsd.flags.0") == "partial");
  CHECK(said.at("data.newsd.flags.1") == "truncated");
  CHECK_FALSE(said_of(full_article()).count("data.newsd.flags.1"));
}

TEST_CASE("the same article gives the same bytes") {
  const auto encode = [] { return encode_article(full_article(), sample_labels(), sample_origin(), sample_version()); };
  const EncodedArticle first = encode();
  CHECK(encode().core.frame == first.core.frame);
  CHECK(encode().body.frame == first.body.frame);
}

TEST_CASE("a duplicate says what it repeats, is partial and has no body") {
  const Leaves said = said_of(EventType::ArticleDuplicate, full_article(), duplicate_verdict());
  CHECK(said.at("data.item.representationType") == "partial");
  CHECK(said.at("data.item.headlines.0.value") == full_article().headline);
  CHECK_FALSE(has_any(said, "data.item.bodies"));
  CHECK(said.at("data.newsd.dedupe.verdict") == "duplicate");
  CHECK(said.at("data.newsd.dedupe.of") == "urn:uuid:5e1f0000-0000-5000-8000-000000000001");
  CHECK(said.at("data.newsd.dedupe.kind") == "exact");
  CHECK(said.at("data.newsd.dedupe.containment") == "0.123");
  CHECK(said.at("data.newsd.dedupe.evidence.1") == "headline equal");
  CHECK(said.at("data.newsd.story.role") == "member");
}

TEST_CASE("an update names the version it changes and what changed") {
  const Leaves said = said_of(EventType::ArticleUpdated, full_article(), update_verdict());
  CHECK(said.at("data.item.version") == "2");
  CHECK(said.at("data.newsd.version") == "2");
  CHECK(said.at("data.newsd.revision.of") == "1");
  CHECK(said.at("data.newsd.revision.changed.0") == "headline");
  CHECK(said.at("data.newsd.revision.wordsAdded") == "31");
  CHECK(said.at("data.newsd.revision.wordsRemoved") == "4");
  CHECK(said.at("data.newsd.revision.numbers.0.old") == "12");
  CHECK(said.at("data.newsd.revision.numbers.0.new") == "15");
  CHECK(said.at("data.newsd.revision.numbers.0.context") == "hurt 15 sailors");
  CHECK(said.at("data.newsd.dedupe.verdict") == "unique");
  CHECK(said.at("data.newsd.story.role") == "member");
}

TEST_CASE("an update that could not be compared word by word tells no words") {
  Verdict update = update_verdict();
  update.revision.words.reset();
  CHECK_FALSE(has_any(said_of(EventType::ArticleUpdated, full_article(), update), "data.newsd.revision.words"));
}

TEST_CASE("a new article is first in its story, and so is its update while it is alone") {
  CHECK(said_of(full_article()).at("data.newsd.story.role") == "first");
  Verdict update = update_verdict();
  update.story_size = 1;
  CHECK(said_of(EventType::ArticleUpdated, full_article(), update).at("data.newsd.story.role") == "first");
}

TEST_CASE("similarities that are no share of anything are brought into range") {
  Verdict v = duplicate_verdict();
  v.similarity = std::numeric_limits<double>::quiet_NaN();
  v.containment = 3;
  const Leaves said = said_of(EventType::ArticleDuplicate, full_article(), v);
  CHECK(said.at("data.newsd.dedupe.similarity") == "0");
  CHECK(said.at("data.newsd.dedupe.containment") == "1");
}

TEST_CASE("a refusal gives its reason, its origin and the source's id") {
  const Error reason(EventError::BadRecord, "too short", "line 7");
  CHECK(placed_refusal(reason, sample_origin(), "row-7").ends_with(R"(,"id":"row-7")"));
  CHECK(placed_refusal(reason, sample_origin())
            .starts_with(
                R"("reason":{"code":"bad-record","text":"too short","where":"line 7"},"origin":{"kind":"drop")"));
}

TEST_CASE("an input of which nothing was read has the hash of no bytes") {
  Origin unread = sample_origin();
  unread.sha256 = {};
  const std::string placed = placed_refusal(Error(EventError::BadRecord, "a FIFO"), unread);
  CHECK(placed.find("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") != std::string::npos);
}

}  // namespace
}  // namespace newsd
