#include "tests/daemon/event/sample.h"

#include <string>
#include <utility>

namespace newsd {

using namespace std::string_literals;

Instant sample_time() { return *parse_rfc3339("2026-03-04T05:06:07.089Z"); }

Uuid sample_uuid(std::uint8_t last_byte) {
  Uuid id = *Uuid::parse("5e1f0000-0000-5000-8000-000000000000");
  id.bytes[15] = last_byte;
  return id;
}

Article full_article() {
  Article a;
  a.id = "harbour-2026-117";
  a.guid = "tag:harbour.example,2026:117";
  a.url = Url::parse("https://Harbour.example/news/strike?id=117&utm_source=feed#top").value();
  a.headline = "Ferry strike ends after nine days — crews accept “fair” offer";
  a.summary = "Ships between Østby and the islands sail again on Thursday.";
  a.paragraphs = {"The longest strike in the harbour’s history is over: 240 sailors voted to return to work.",
                  "“We got most of what we asked for,” said Åse Nordlie, who led the talks\tfor the union.",
                  "Islanders in 東港 had lived on rations. A line\xE2\x80\xA8separator and a bell \x07 stand here."};
  a.authors = {"Ida Brekke", "Jón Þórsson"};
  a.byline = "By Ida Brekke and Jón Þórsson in Østby";
  a.publisher = "Harbour Post";
  a.credit = "Coastal News Agency";
  a.language = "en-GB";
  a.published = When{"2026-03-03T18:30:00Z", Precision::Time, "3 March 2026, 18:30 GMT"};
  a.updated = When{"2026-03-04", Precision::Day, "updated 4 March"};
  a.pictures = {{"Sailors leave the union hall on Wednesday.", "Sailors on a staircase", "Lise Holm / Harbour Post",
                 "https://harbour.example/img/hall.jpg"},
                {"The empty quay", "", "", "not a url"}};
  a.fields = {{"headline", {"first-block", LineRange{1, 1}, 97}},
              {"body", {"paragraph-run", LineRange{5, 9}, 93}},
              {"associations.photo-1", {"caption-credit-pattern", LineRange{3, 4}, 88}},
              {"publisher", {"field", std::nullopt, 100}}};
  a.removed = {{LineRange{2, 2}, RemovedKind::Navigation, "Home > News > Harbour"},
               {LineRange{3, 4}, RemovedKind::Caption, "Sailors leave the union hall on Wednesday."},
               {LineRange{11, 30}, RemovedKind::CommentForm, ""}};
  a.flags = {Flag::Partial};
  return a;
}

Article bare_article() {
  Article a;
  a.title = "The lighthouse is dark.";
  a.paragraphs = {"The lighthouse is dark."};
  a.missing = {"headline", "published", "byline", "url", "publisher"};
  return a;
}

Article hostile_article() {
  Article a;
  // a screen wiped, a title set, quotes, bytes that are no UTF-8, half a surrogate pair, a NUL
  const std::string nasty = "\x1b[2J\x1b]0;owned\x07 \"quoted\" \\ </script>\xff\xc3( \xed\xa0\x80\0end"s;
  a.id = a.guid = a.headline = a.title = a.summary = a.byline = a.publisher = a.credit = nasty;
  a.paragraphs = {nasty, nasty};
  a.authors = {nasty};
  a.pictures = {{nasty, nasty, nasty, nasty}};
  a.fields = {{"headline", {nasty, LineRange{1, 1}, 250}}};
  a.removed = {{LineRange{1, 2}, RemovedKind::Other, nasty}};
  a.missing = {"published"};
  return a;
}

Labels sample_labels() {
  Labels l;
  l.language = {"en", 0.98765, LanguageLabel::How::Content};
  l.topics = {{"09000000", "labour", 90, 92, {"strike", "sailors", "union"}},
              {"20000534", "strike", 90, 92, {"strike"}},
              {"20000337", "transport", 40, 55, {}}};
  l.models = {{"language", "cld2"}, {"topics", "medtop-rules-1"}};
  l.countries = {{"NOR", "Norway", 0.75, 3}, {"SWE", "Sweden", 0.25, 1}};
  l.entities = {{"e1", "Åse Nordlie", EntityKind::Person, "union leader", "NOR", {{146, 158}}, 0.9},
                {"e2", "Østby", EntityKind::Place, "", "NOR", {}, 0.5},
                {"e3", "Seamen’s Union", EntityKind::Organisation, "", "", {{14, 20}, {30, 36}}, 0.7}};
  l.quotes = {{"q1",
               "“We got most of what we asked for,”",
               {92, 133},
               QuoteKind::Direct,
               "e1",
               "Åse Nordlie",
               Voice::Person,
               "said",
               "",
               0.96},
              {"q2", "“fair”", {0, 4}, QuoteKind::Scare, "", "", std::nullopt, "", "q1", 0.5}};
  l.events = {{"v1",
               "AGREE",
               "057",
               {{"NOR", "LAB", "e3"}},
               {{"NOR", "", ""}},
               "2026-03-03",
               EventStatus::Actual,
               "q1",
               {0, 90},
               0.8}};
  l.dates = {{"Thursday", "2026-03-05", DatePrecision::Day, true, {10, 18}},
             {"the day before", "", std::nullopt, false, {20, 34}}};
  l.tone = ToneLabel{-1.25, 2.5, 3.75, 6.25};
  return l;
}

Origin sample_origin() {
  Origin o;
  o.kind = OriginKind::Drop;
  o.input = "inbox";
  o.uri = "file:///srv/inbox/harbour/117.txt";
  o.name = "harbour/117.txt";
  o.received_at = sample_time();
  o.bytes = 1234;
  o.sha256.bytes.fill(0xAB);
  o.format = Format::Text;
  o.charset = Charset{"windows-1252", "iso-8859-1", CharsetSource::Declared, 2};
  return o;
}

PipelineVersion sample_version() {
  return {"0.1.0", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};
}

Verdict new_verdict() {
  Verdict v;
  v.article = ArticleId(sample_uuid(0x01));
  v.story = StoryId(sample_uuid(0xA0));
  v.starts_story = true;
  return v;
}

Verdict update_verdict() {
  Verdict v = new_verdict();
  v.kind = VerdictKind::Updated;
  v.version = 2;
  v.of_event = EventId(sample_uuid(0xE1));
  v.evidence = {"same path"};
  v.revision = {1, {"headline", "body"}, {{"12", "15", "hurt 15 sailors"}}, WordsChanged{31, 4}};
  v.starts_story = false;
  v.story_size = 4;
  return v;
}

Verdict duplicate_verdict() {
  Verdict v = new_verdict();
  v.kind = VerdictKind::Duplicate;
  v.article = ArticleId(sample_uuid(0x02));
  v.of = ArticleId(sample_uuid(0x01));
  v.of_event = EventId(sample_uuid(0xE1));
  v.repeat = 1;
  v.how = DuplicateKind::Exact;
  v.similarity = 1;
  v.containment = 0.123456;
  v.evidence = {"normalised text equal", "headline equal"};
  v.starts_story = false;
  return v;
}

StoryFacts sample_story() {
  return {StoryId(sample_uuid(0xA0)),
          TopicId(sample_uuid(0xB0)),
          sample_candidate().headline,
          1,
          1,
          sample_time(),
          sample_time(),
          {new_verdict().article}};
}

Candidate sample_candidate() {
  Candidate c;
  c.self = ArticleId(sample_uuid(0x01));
  c.headline = full_article().headline;
  return c;
}

Record record_of(EventType type, std::string subject, std::string placed, std::uint64_t sequence) {
  Record r;
  r.sequence = Sequence(sequence);
  r.id = event_id(type, subject, 1, "sample " + std::to_string(sequence));
  r.type = type;
  r.subject = std::move(subject);
  r.time = sample_time();
  r.recorded = sample_time() + std::chrono::milliseconds(11);
  r.placed = std::move(placed);
  r.source = "newsd://news.example/main";
  return r;
}

Record article_record(EventType type, const Article& article, const Verdict& verdict, std::uint64_t sequence) {
  EncodedArticle encoded = encode_article(article, sample_labels(), sample_origin(), sample_version());
  Record r = record_of(type, urn_of(verdict.article.value()), placed_article(verdict), sequence);
  r.story = verdict.story;
  if (type != EventType::ArticleNew) r.cause = verdict.of_event;
  r.payload = encoded.core.frame;
  if (type != EventType::ArticleDuplicate) r.payload += encoded.body.frame;
  return r;
}

}  // namespace newsd
