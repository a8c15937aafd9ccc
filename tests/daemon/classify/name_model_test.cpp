// The names model's file, and learning one from marked sentences.
#include "daemon/classify/name_model.h"
#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/model_bytes.h"
#include "daemon/classify/name_training.h"
#include "daemon/classify/resources.h"

#include <catch2/catch.hpp>

#include <string>

using namespace newsd;

namespace {

const Lexicon& lexicon() { return default_resources()->lexicon; }

/// Forty sentences about people who sail, clubs that row and hamlets that sleep, whose names no lexicon has.
std::string marked_rows() {
  static const char* kStems[] = {"Brem", "Tolv", "Skarn", "Ulm", "Drel", "Fost", "Grav", "Hesk", "Jorl", "Kren"};
  std::string rows;
  for (const char* stem : kStems) {
    const std::string s = stem;
    rows += "Yesterday\tO\n" + s + "a\tB-PER\n" + s + "sen\tI-PER\nsailed\tO\nalone\tO\n.\tO\n\n";
    rows += "The\tO\n" + s + "\tB-ORG\nRowers\tI-ORG\nrowed\tO\nhome\tO\n.\tO\n\n";
    rows += "People\tO\nsleep\tO\nbeyond\tO\n" + s + "holm\tB-LOC\n.\tO\n\n";
    rows += "Nobody\tO\nasked\tO\nwhy\tO\n.\tO\n\n";
  }
  return rows;
}

std::vector<MarkedSentence> sentences() { return read_marked_sentences(marked_rows(), "rows").value(); }

}  // namespace

TEST_CASE("marked sentences are read with their names") {
  const auto read = read_marked_sentences(
      "-DOCSTART- -X- O O\n\nAnna NNP I-NP I-PER\nBerg NNP I-NP I-PER\nof X X O\nOslo NNP I-NP B-Location\nUnited N N "
      "B-LOC\r\n\n\nin\tO\nMay\tB-DATE\n",
      "r");
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  const auto& names = (*read)[0].names;
  REQUIRE(names.size() == 3);
  CHECK(names[0].first == 0);
  CHECK(names[0].last == 1);
  CHECK(names[0].kind == NameTag::BeginPerson);
  CHECK(names[1].kind == NameTag::BeginPlace);
  CHECK(names[2].first == 4);
  CHECK((*read)[1].names.empty());
  CHECK(read_marked_sentences("", "r")->empty());
}

TEST_CASE("a line that is no word with a tag is named") {
  for (const std::string line : {"word", "word X-PER", "word B-", " O"}) {
    const auto read = read_marked_sentences("Oslo\tB-LOC\n" + line + "\n", "r.conll");
    REQUIRE(read.has_error());
    CHECK(read.error().is(RowsError::BadRow));
    CHECK(read.error().where == "r.conll:2");
  }
}

TEST_CASE("a model is learned from sentences, the same bytes each time, and finds names it has not seen") {
  const auto trained = train_names(sentences(), lexicon());
  REQUIRE(trained.has_value());
  CHECK(trained->model == train_names(sentences(), lexicon())->model);
  CHECK(trained->folds == 5);
  CHECK(trained->held_out.all().marked == 30);
  CHECK(trained->held_out.all().f1() > trained->rules.all().f1());
  const auto model = NameModel::parse(trained->model, "m");
  REQUIRE(model.has_value());
  const auto unseen = read_marked_sentences(
      "Yesterday\tO\nPolka\tB-PER\nPolksen\tI-PER\nsailed\tO\nalone\tO\n."
      "\tO\n\nPeople\tO\nsleep\tO\nbeyond\tO\nPolkholm"
      "\tB-LOC\n.\tO\n",
      "r");
  CHECK(name_figures(*unseen, lexicon(), &*model).all().f1() == 1);
}

TEST_CASE("sentences without names teach nothing") {
  const auto trained = train_names(read_marked_sentences("nothing\tO\nhere\tO\n", "r").value(), lexicon());
  REQUIRE(trained.has_error());
  CHECK(trained.error().is(RowsError::TooFewRows));
}

TEST_CASE("figures count exact names by kind") {
  NameFigures figures;
  figures.kinds[0] = {3, 4, 6};
  figures.kinds[2] = {0, 1, 0};
  CHECK(figures.kinds[0].precision() == 0.75);
  CHECK(figures.kinds[0].recall() == 0.5);
  CHECK(figures.all().f1() == Approx(6.0 / 11));
  CHECK(figures.kinds[1].f1() == 0);
  CHECK(figures.text().find("person") != std::string::npos);
}

TEST_CASE("a names model that is cut short, changed or something else is refused") {
  const std::string bytes = train_names(sentences(), lexicon())->model;
  CHECK(NameModel::parse("", "m").error().is(NameModelError::NoModel));
  CHECK(NameModel::parse("newsdlm1", "m").error().is(NameModelError::NoModel));
  for (const std::size_t size : {8u, 12u, 30u, 1000u, 17000u})
    CHECK(NameModel::parse(bytes.substr(0, size), "m").error().is(NameModelError::Damaged));
  for (std::size_t at = 8; at < bytes.size(); at += 997) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] + 1);
    CHECK(NameModel::parse(changed, "m").error().where == "m");
  }
  CHECK(NameModel::parse(bytes, "m")->version().starts_with("names-"));
}

TEST_CASE("a names model with a right digest and wrong content is refused") {
  const std::string bytes = train_names(sentences(), lexicon())->model;
  const std::string_view content = ModelReader::content_of(bytes).value();
  const auto sealed = [](std::string_view what) {
    ModelWriter out(what);
    return out.take();
  };
  CHECK(NameModel::parse(sealed(content), "m").has_value());
  CHECK(NameModel::parse(sealed(content.substr(0, content.size() - 1)), "m").error().is(NameModelError::Damaged));
  CHECK(NameModel::parse(sealed(std::string(content) + "x"), "m").error().is(NameModelError::Damaged));
  CHECK(NameModel::parse(sealed(content.substr(0, 16)), "m").error().is(NameModelError::Damaged));
  std::string other(content);
  other[8] = 99;  // the version of the features
  CHECK(NameModel::parse(sealed(other), "m").error().is(NameModelError::Damaged));
}
