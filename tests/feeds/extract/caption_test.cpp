#include "feeds/extract/caption.h"

#include "feeds/text/fold.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

bool marked(std::string_view line) { return has_caption_marks(line, fold_for_matching(line)); }

}  // namespace

TEST_CASE("credits in brackets are read without brackets and lead") {
  CHECK(picture_credit("The quay at night (Photo by Eva Lind / AFP)").name == "Eva Lind / AFP");
  CHECK(picture_credit("The quay [File: Jan Kern/Reuters]").name == "Jan Kern/Reuters");
  CHECK(picture_credit("Die Mole. (Foto: dpa)").name == "dpa");
  CHECK(picture_credit("The quay (Jan Kern/AFP).").name == "Jan Kern/AFP");
  CHECK(picture_credit("The quay (built in 1901)").name.empty());
  CHECK(picture_credit("He said so (see the file)").name.empty());
}

TEST_CASE("a line that is only a credit is known") {
  CHECK(is_credit_line("Photo: Eva Lind"));
  CHECK(is_credit_line("© Eva Lind / Imago"));
  CHECK(is_credit_line("Eva Lind/Harbour Pictures/Getty Images"));
  CHECK_FALSE(is_credit_line("Harbour/Town"));
  CHECK_FALSE(is_credit_line("He asked for news from Reuters/AFP."));
  CHECK_FALSE(is_credit_line("The quay (Photo: Eva Lind)"));
  CHECK_FALSE(is_credit_line(
      "Photo finish at the harbour race, and everything that was said about it in the town on the day after"));
}

TEST_CASE("words that only captions have") {
  CHECK(marked("Mayor Lind (L) and captain Kern on the quay"));
  CHECK(marked("In this photo the quay is seen from above"));
  CHECK(marked("Auf dem Bild: die Mole"));
  CHECK_FALSE(marked("The mayor and the captain met on the quay."));
  CHECK(marked("A still from the film of the quay"));
  CHECK_FALSE(marked("A photo of the quay went round the world within a day."));
}

TEST_CASE("alternative text and caption with one credit make one picture") {
  const Picture p =
      picture_from({"Two men on a quay. (Photo by Eva Lind / AFP)", "The quay was closed [File: Eva Lind / AFP]"});
  CHECK(p.alt == "Two men on a quay.");
  CHECK(p.caption == "The quay was closed [File: Eva Lind / AFP]");
  CHECK(p.credit == "Eva Lind / AFP");
}

TEST_CASE("a credit line gives its credit to the caption before it") {
  const Picture p = picture_from({"The quay was closed", "Photo: Eva Lind"});
  CHECK(p.caption == "The quay was closed");
  CHECK(p.credit == "Eva Lind");
  CHECK(p.alt.empty());
}
