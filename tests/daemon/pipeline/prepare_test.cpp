#include "daemon/pipeline/prepare.h"
#include "tests/daemon/pipeline/embedded_preparation.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {}  // namespace

TEST_CASE("a text becomes one prepared article") {
  const Prepared prepared = prepare(sample_document(sample_text(1), "one.txt"), embedded_preparation());
  REQUIRE(prepared.items.size() == 1);
  CHECK(std::holds_alternative<PreparedArticle>(prepared.items[0]));
  CHECK(prepared.quarantine_reason.empty());
  CHECK(prepared.origin.format == Format::Text);
}

TEST_CASE("rows of article NDJSON become articles, a broken row a rejection that names its line") {
  const std::string rows =
      "{\"id\":\"a\",\"title\":\"Ferry back in service\",\"text\":\"The ferry sails again from Monday.\"}\n"
      "{\"id\":\"b\",\n"
      "{\"id\":\"c\",\"title\":\"Library opens late\",\"text\":\"The library keeps its doors open until nine.\"}\n";
  Document document = sample_document(rows, "rows.ndjson");
  const Prepared prepared = prepare(document, embedded_preparation());
  REQUIRE(prepared.items.size() == 3);
  CHECK(std::holds_alternative<PreparedArticle>(prepared.items[0]));
  REQUIRE(std::holds_alternative<PreparedRefusal>(prepared.items[1]));
  const auto& refusal = std::get<PreparedRefusal>(prepared.items[1]);
  CHECK(refusal.type == EventType::ArticleRejected);
  CHECK(refusal.subject == "file:///inbox/rows.ndjson#2");
}

TEST_CASE("an article that a rejecting rule matches is refused, and the reason names the rule") {
  Preparation with = embedded_preparation();
  with.labelling.rules = std::make_shared<const UserRules>(
      UserRules::compile({{"ferries", {"ferry", 0}, true}, {"libraries", {"library", 0}, false}}).value());
  const std::string rows =
      "{\"id\":\"a\",\"title\":\"Ferry back in service\",\"text\":\"The ferry sails again from Monday.\"}\n"
      "{\"id\":\"c\",\"title\":\"Library opens late\",\"text\":\"The library keeps its doors open until nine.\"}\n";
  const Prepared prepared = prepare(sample_document(rows, "rows.ndjson"), with);
  REQUIRE(prepared.items.size() == 2);
  REQUIRE(std::holds_alternative<PreparedRefusal>(prepared.items[0]));
  const auto& refusal = std::get<PreparedRefusal>(prepared.items[0]);
  CHECK(refusal.type == EventType::ArticleRejected);
  CHECK(refusal.placed.find("\"code\":\"rejected-by-rule\"") != std::string::npos);
  CHECK(refusal.placed.find("ferries") != std::string::npos);
  CHECK(std::holds_alternative<PreparedArticle>(prepared.items[1]));
  CHECK(prepared.quarantine_reason.empty());
}

TEST_CASE("what cannot be read is quarantined and its reason file says why") {
  const Prepared prepared = prepare(sample_document("", "empty.txt"), embedded_preparation());
  REQUIRE(prepared.items.size() == 1);
  CHECK(std::get<PreparedRefusal>(prepared.items[0]).type == EventType::InputQuarantined);
  CHECK(prepared.quarantine_reason.find("\"code\":\"empty\"") != std::string::npos);
}

TEST_CASE("an input refused by its source is quarantined with the source's reason") {
  const Prepared prepared =
      prepare_refused(sample_document("", "fifo"), Error(ReadError::TooLarge, "larger than 16 MiB", "fifo"));
  REQUIRE(prepared.items.size() == 1);
  CHECK(prepared.quarantine_reason.find("too-large") != std::string::npos);
}

}  // namespace newsd
