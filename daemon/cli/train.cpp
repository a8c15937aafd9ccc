#include "daemon/app/exit_status.h"
#include "daemon/classify/language_training.h"
#include "daemon/classify/name_training.h"
#include "daemon/classify/resources.h"
#include "daemon/classify/topic_training.h"
#include "daemon/cli/command.h"
#include "daemon/cli/model_files.h"
#include "daemon/cli/progress.h"

#include <fmt/format.h>

namespace newsd {
namespace {

struct Arguments {
  std::string what, out, report;
  std::vector<std::string> in;
  bool quiet = false;
};

/// Tells how far training is. The line lives as long as the function.
TrainingSteps steps_shown(const Arguments& arguments, Console& console) {
  return [&arguments, &console, shown = std::shared_ptr<Progress>()](std::size_t done, std::size_t of) mutable {
    if (!shown) shown = std::make_shared<Progress>(console, "train", of, arguments.quiet);
    shown->at(done);
  };
}

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
  std::vector<LabelledRow> rows;
  for (const std::string& file : arguments.in) {
    auto some = rows_of_file(file, console, status);
    if (!some) return status;
    rows.insert(rows.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
  }
  const auto trained = train_topics(rows, steps_shown(arguments, console));
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
  std::vector<LanguageText> texts;
  for (const std::string& file : arguments.in) {
    const auto bytes = file_bytes(file, console, status);
    if (!bytes) return status;
    auto some = read_language_texts(*bytes, file);
    if (!some) {
      console.say(some.error());
      return kExitBadInput;
    }
    texts.insert(texts.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
  }
  const auto model = train_language(texts);
  if (!model) {
    console.say(model.error());
    return kExitBadInput;
  }
  write_file(arguments.out, *model, console, status);
  return status;
}

std::string report_of(const TrainedNames& trained) {
  const auto figures = [](const NameFigures& f) {
    std::string json;
    const auto member = [&](std::string_view name, const NameFigures::Count& c) {
      json += fmt::format(R"({}"{}":{{"precision":{:.4f},"recall":{:.4f},"f1":{:.4f},"marked":{}}})",
                          json.empty() ? "" : ",", name, c.precision(), c.recall(), c.f1(), c.marked);
    };
    member("all", f.all());
    member("person", f.kinds[0]);
    member("organisation", f.kinds[1]);
    member("place", f.kinds[2]);
    return json;
  };
  return fmt::format(R"({{"folds":{},"heldOut":{{{}}},"rules":{{{}}}}})", trained.folds, figures(trained.held_out),
                     figures(trained.rules)) +
         "\n";
}

int train_names_command(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  std::vector<MarkedSentence> sentences;
  for (const std::string& file : arguments.in) {
    auto some = sentences_of_file(file, console, status);
    if (!some) return status;
    sentences.insert(sentences.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
  }
  const auto trained = train_names(sentences, default_lexicon(), steps_shown(arguments, console));
  if (!trained) {
    console.say(trained.error());
    return kExitBadInput;
  }
  if (!write_file(arguments.out, trained->model, console, status)) return status;
  if (!arguments.report.empty() && !write_file(arguments.report, report_of(*trained), console, status)) return status;
  console.out().write(fmt::format("held out in {} parts:\n{}the rules alone:\n{}", trained->folds,
                                  trained->held_out.text(), trained->rules.text()));
  return status;
}

}  // namespace

Command train_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "train",
      .brief = "learn topics from labelled articles, names from marked sentences, languages from texts",
      .about =
          "topics: reads {\"id\", \"title\", \"text\", \"labels\": [...], \"source\"} lines, writes a model and prints "
          "what it is worth on rows it did not learn from: precision and recall of each label, what is taken for what, "
          "how well scores are calibrated, and how much more rows would help. names: learns what a person, an "
          "organisation and a place is from lines of a word and its tag (O, B-PER, I-ORG ...), an empty line between "
          "sentences, and prints what that is worth on sentences it did not learn from. language: learns from "
          "{\"language\", \"text\"} lines what newsd tells languages by. The same rows give the same bytes.",
      .options =
          {{"WHAT", "", "what to learn", &a->what, {"topics", "names", "language"}, Option::Completes::Nothing, true},
           {"--in",
            "ROWS",
            "the labelled rows; may be repeated; \"-\" is stdin",
            &a->in,
            {},
            Option::Completes::Files,
            true},
           {"--out", "MODEL", "where the model goes", &a->out, {}, Option::Completes::Files, true},
           {"--report", "FILE", "the figures as JSON", &a->report, {}, Option::Completes::Files},
           {"--quiet", "", "do not tell how far it is", &a->quiet}},
      .examples = {{"newsd train topics --in rows.ndjson --out desk.ntm", "some seconds for ten thousand rows"},
                   {"newsd train topics --in rows.ndjson --out desk.ntm --report desk.json",
                    "the figures to keep beside it"}},
      .more = "newsd eval -h; topics_model in newsd.toml(5) puts a model to work"};
  command.run = [a](Console& console) {
    if (a->what == "topics") return train_topics_command(*a, console);
    return a->what == "names" ? train_names_command(*a, console) : train_language_command(*a, console);
  };
  return command;
}

}  // namespace newsd
