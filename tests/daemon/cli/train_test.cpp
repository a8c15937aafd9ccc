// `newsd train` and `newsd eval` from rows to answers.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "daemon/event/json_walk.h"
#include "tests/daemon/classify/labelled_news.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace newsd;

namespace {

struct Ran {
  int status;
  std::string out, err;
};

Ran run(const std::vector<std::string>& arguments) {
  CapturedConsole captured;
  const int status = run_command_line(arguments, captured.console());
  return {status, captured.out(), captured.err()};
}

std::string written(const std::filesystem::path& file, const std::vector<LabelledRow>& rows, bool labelled) {
  std::ofstream out(file, std::ios::binary);
  for (const LabelledRow& row : rows)
    out << R"({"id": ")" << row.id << R"(", "title": "", "text": ")" << row.text << R"(", "labels": [)"
        << (labelled ? "\"" + row.labels.front() + "\"" : "") << "]}\n";
  return file.string();
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("train writes a model and a report, eval answers every row with all labels, best first") {
  const TemporaryDirectory folder;
  const auto rows = written(folder.path() / "rows", labelled_news(90, 1), true);
  const auto unlabelled = written(folder.path() / "unlabelled", labelled_news(9, 2), false);
  const auto model = (folder.path() / "m.ntm").string(), report = (folder.path() / "report").string(),
             said = (folder.path() / "said").string();
  const Ran trained = run({"train", "topics", "--in", rows, "--out", model, "--report", report});
  CHECK(trained.status == kExitOk);
  CHECK(trained.err.empty());
  CHECK(trained.out.find("precision") != std::string::npos);
  CHECK(trained.out.find("15000000") != std::string::npos);
  bool has_figures = false;
  walk_json(content(report), [&](const JsonLeaf& leaf) { has_figures |= leaf.path == "heldOut.calibration.error"; });
  CHECK(has_figures);

  const Ran answered = run({"eval", "topics", "--model", model, "--in", unlabelled, "--out", said});
  CHECK(answered.status == kExitOk);
  CHECK(answered.out.empty());
  CHECK(answered.err.find("none of them labelled") != std::string::npos);
  const std::string lines = content(said);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 9);
  CHECK(lines.starts_with(R"({"id":"row-0","labels":[{"label":"15000000","score":0.)"));

  const Ran judged = run({"eval", "topics", "--model", model, "--in", rows});
  CHECK(judged.status == kExitOk);
  CHECK(judged.out.find("90 rows") != std::string::npos);
}

TEST_CASE("what train and eval cannot use is said, and nothing is written") {
  const TemporaryDirectory folder;
  const auto model = folder.path() / "m.ntm";
  std::ofstream(folder.path() / "bad") << "{\"text\": \"x\"}\nnonsense\n";
  const Ran bad = run({"train", "topics", "--in", (folder.path() / "bad").string(), "--out", model.string()});
  CHECK(bad.status == kExitBadInput);
  CHECK(bad.err.find("bad:2") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(model));

  const auto rows = written(folder.path() / "rows", labelled_news(30, 1), true);
  CHECK(run({"train", "topics", "--in", rows, "--out", (folder.path() / "none/m").string()}).status ==
        kExitCannotCreate);
  CHECK(run({"train", "topics", "--in", "no-such", "--out", model.string()}).status == kExitBadInput);
  CHECK(run({"eval", "topics", "--model", rows, "--in", rows}).status == kExitBadInput);
  CHECK(run({"train", "--in", rows, "--out", model.string()}).status == kExitUsage);
}

TEST_CASE("train learns names from several files, and eval counts how many it finds") {
  const TemporaryDirectory folder;
  const auto model = (folder.path() / "m.nnm").string(), report = (folder.path() / "report").string(),
             a = (folder.path() / "a.conll").string(), b = (folder.path() / "b.conll").string();
  std::ofstream(a) << "Ulma\tB-PER\nUlmsen\tI-PER\nsailed\tO\n\nPeople\tO\nsleep\tO\nin\tO\nUlmholm\tB-LOC\n";
  std::ofstream(b) << "Bremma\tB-PER\nBremsen\tI-PER\nsailed\tO\n\nThe\tO\nTolv\tB-ORG\nRowers\tI-ORG\nrowed\tO\n";
  const Ran trained = run({"train", "names", "--in", a, "--in", b, "--out", model, "--report", report});
  CHECK(trained.status == kExitOk);
  CHECK(trained.err.empty());
  CHECK(trained.out.find("the rules alone") != std::string::npos);
  std::size_t marked = 0;
  walk_json(content(report), [&](const JsonLeaf& leaf) { marked += leaf.path == "heldOut.all.marked"; });
  CHECK(marked == 1);

  const Ran judged = run({"eval", "names", "--model", model, "--in", a});
  CHECK(judged.status == kExitOk);
  CHECK(judged.out.find("organisation") != std::string::npos);
  CHECK(run({"eval", "names", "--model", a, "--in", a}).status == kExitBadInput);
  CHECK(run({"eval", "names", "--model", model, "--in", model}).status == kExitBadInput);
  CHECK(run({"eval", "names", "--model", model, "--in", a, "--out", b}).status == kExitUsage);
  CHECK(run({"train", "names", "--in", report, "--out", model}).status == kExitBadInput);
}
