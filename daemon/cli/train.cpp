#include "daemon/app/exit_status.h"
#include "daemon/classify/language_training.h"
#include "daemon/classify/topic_training.h"
#include "daemon/cli/command.h"
#include "daemon/cli/model_files.h"

#include <fmt/format.h>

namespace newsd {
namespace {

struct Arguments {
  std::string what, in, out, report;
};

std::string report_of(const TrainedTopics& trained) {
  std::string json = fmt::format(R"({{"folds":{},"foldsBySource":{},"heldOut":{{{}}},"learningCurve":[)", trained.folds,
                                 trained.folds_by_source, trained.held_out.json_members());
  for (std::size_t i = 0; i < trained.curve.size(); ++i)
    json += fmt::format(R"({}{{"rows":{},"accuracy":{:.4f}}})", i == 0 ? "" : ",", trained.curve[i].rows,
                        trained.curve[i].accuracy);
  return json + "]}\n";
}

void print_figures(const TrainedTopics& trained, Console& console) {
  console.out().write(fmt::format("held out in {} parts{}:\n", trained.folds,
                                  trained.folds_by_source ? ", no source in two of them" : ""));
  console.out().write(trained.held_out.text());
  for (const auto& point : trained.curve)
    console.out().write(fmt::format("learned from {} rows: accuracy {:.3f}\n", point.rows, point.accuracy));
}

int train_topics_command(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  const auto rows = rows_of_file(arguments.in, console, status);
  if (!rows) return status;
  const auto trained = train_topics(*rows);
  if (!trained) {
    console.say(trained.error());
    return kExitBadInput;
  }
  if (!write_file(arguments.out, trained->model, console, status)) return status;
  if (!arguments.report.empty() && !write_file(arguments.report, report_of(*trained), console, status)) return status;
  print_figures(*trained, console);
  return status;
}

int train_language_command(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  const auto bytes = file_bytes(arguments.in, console, status);
  if (!bytes) return status;
  const auto texts = read_language_texts(*bytes, arguments.in);
  const auto model = texts ? train_language(*texts) : Result<std::string>(texts.error());
  if (!model) {
    console.say(model.error());
    return kExitBadInput;
  }
  write_file(arguments.out, *model, console, status);
  return status;
}

}  // namespace

Command train_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "train",
      .brief = "learn topics from labelled articles, or languages from texts",
      .about =
          "topics: reads {\"id\", \"title\", \"text\", \"labels\": [...], \"source\"} lines, writes a model and prints "
          "what it is worth on rows it did not learn from: precision and recall of each label, what is taken for what, "
          "how well scores are calibrated, and how much more rows would help. language: learns from {\"language\", "
          "\"text\"} lines what newsd tells languages by. The same rows give the "
          "same bytes.",
      .options =
          {{"WHAT", "", "what to learn", &a->what, {"topics", "language"}, Option::Completes::Nothing, true},
           {"--in", "ROWS", "the labelled rows, NDJSON; \"-\" is stdin", &a->in, {}, Option::Completes::Files, true},
           {"--out", "MODEL", "where the model goes", &a->out, {}, Option::Completes::Files, true},
           {"--report", "FILE", "the figures as JSON", &a->report, {}, Option::Completes::Files}},
      .examples = {{"newsd train topics --in rows.ndjson --out desk.ntm", "some seconds for ten thousand rows"},
                   {"newsd train topics --in rows.ndjson --out desk.ntm --report desk.json", "the figures to keep beside it"}},
      .more = "newsd eval -h; topics_model in newsd.toml(5) puts a model to work"};
  command.run = [a](Console& console) {
    return a->what == "topics" ? train_topics_command(*a, console) : train_language_command(*a, console);
  };
  return command;
}

}  // namespace newsd
