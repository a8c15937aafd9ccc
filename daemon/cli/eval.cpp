#include "daemon/app/exit_status.h"
#include "daemon/classify/name_training.h"
#include "daemon/classify/resources.h"
#include "daemon/classify/topic_figures.h"
#include "daemon/classify/topic_model.h"
#include "daemon/cli/command.h"
#include "daemon/cli/model_files.h"
#include "daemon/event/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace newsd {
namespace {

struct Arguments {
  std::string what, model, in, out;
};

/// {"id", "labels": [{"label", "score"}, …]}, the most likely first.
std::string answer_of(const LabelledRow& row, const TopicModel& model, const std::vector<double>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  JsonText json;
  json.begin_object().member("id", row.id).key("labels").begin_array();
  for (const std::size_t label : order)
    json.begin_object().member("label", model.labels()[label].name).key("score").decimal(scores[label]).end_object();
  json.end_array().end_object();
  return json.take() + "\n";
}

int eval_topics(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  auto bytes = file_bytes(arguments.model, console, status);
  if (!bytes) return status;
  const auto model = TopicModel::parse(std::move(*bytes), arguments.model);
  if (!model) {
    console.say(model.error());
    return kExitBadInput;
  }
  const auto rows = rows_of_file(arguments.in, console, status);
  if (!rows) return status;

  std::vector<std::string> names;
  for (const auto& label : model->labels()) names.push_back(label.name);
  TopicFigures figures(names);
  TopicFeatureReader reader;
  std::string answers;
  bool any_labels = false;
  for (const LabelledRow& row : *rows) {
    const auto scores = model->scores(reader.of(row.title, row.text));
    if (!arguments.out.empty()) answers += answer_of(row, *model, scores);
    std::vector<char> gold, said;
    for (std::size_t i = 0; i < names.size(); ++i) {
      gold.push_back(std::find(row.labels.begin(), row.labels.end(), names[i]) != row.labels.end());
      said.push_back(scores[i] >= static_cast<double>(model->labels()[i].threshold));
    }
    any_labels |= !row.labels.empty();
    figures.add(gold, scores, said);
  }
  if (!arguments.out.empty() && !write_file(arguments.out, answers, console, status)) return status;
  if (any_labels)
    console.out().write(figures.text());
  else
    console.say(fmt::format("{} rows, none of them labelled: there is nothing to compare with", rows->size()));
  return status;
}

int eval_names(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  auto bytes = file_bytes(arguments.model, console, status);
  if (!bytes) return status;
  const auto model = NameModel::parse(*std::move(bytes), arguments.model);
  if (!model) {
    console.say(model.error());
    return kExitBadInput;
  }
  const auto sentences = sentences_of_file(arguments.in, console, status);
  if (!sentences) return status;
  if (!arguments.out.empty()) {
    console.say("--out is for topics");
    return kExitUsage;
  }
  console.out().write(name_figures(*sentences, default_lexicon(), &*model).text());
  return status;
}

}  // namespace

Command eval_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "eval",
      .brief = "what a trained model says of rows, and how often it is right",
      .about =
          "topics: gives each row of a file, {\"id\", \"title\", \"text\", \"labels\"}, the model's labels with their "
          "probabilities, best first, and prints precision and recall of each label on the rows that have labels. "
          "names: prints how "
          "many of the persons, organisations and places marked in sentences are found, and how many that are found "
          "are marked.",
      .options = {{"WHAT", "", "what to evaluate", &a->what, {"topics", "names"}, Option::Completes::Nothing, true},
                  {"--model", "MODEL", "of `newsd train`", &a->model, {}, Option::Completes::Files, true},
                  {"--in",
                   "ROWS",
                   "the rows, as for `newsd train`; \"-\" is stdin",
                   &a->in,
                   {},
                   Option::Completes::Files,
                   true},
                  {"--out",
                   "FILE",
                   "the answers, {\"id\", \"labels\": [{\"label\", \"score\"}]} a line",
                   &a->out,
                   {},
                   Option::Completes::Files}},
      .examples = {{"newsd eval topics --model desk.ntm --in held-out.ndjson", "precision and recall a label"},
                   {"newsd eval topics --model desk.ntm --in new.ndjson --out said.ndjson", "labels for rows"}},
      .more = "newsd train -h"};
  command.run = [a](Console& console) {
    return a->what == "names" ? eval_names(*a, console) : eval_topics(*a, console);
  };
  return command;
}

}  // namespace newsd
