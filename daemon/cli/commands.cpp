#include "daemon/cli/command.h"
#include "daemon/event/encoding.h"
#include "feeds/article/document.h"

namespace newsd {

std::vector<Command> commands() {
  std::vector<Command> all;
  all.push_back(run_command());
  all.push_back(parse_command());
  all.push_back(explain_command());
  all.push_back(check_command());
  all.push_back(tail_command());
  all.push_back(replay_command());
  all.push_back(status_command());
  all.push_back(consumers_command());
  all.push_back(quarantine_command());
  all.push_back(dead_letters_command());
  all.push_back(feeds_command());
  all.push_back(journal_command());
  all.push_back(rules_command());
  all.push_back(train_command());
  all.push_back(eval_command());
  all.push_back(schema_command());
  all.push_back(completion_command());
  return all;
}

std::vector<std::string_view> encoding_names() {
  std::vector<std::string_view> names;
  for (const auto& encoding : encodings()) names.push_back(encoding.name);
  return names;
}

std::vector<std::string_view> input_format_names() {
  std::vector<std::string_view> names;
  for (auto f = static_cast<int>(Format::Text); f <= static_cast<int>(Format::Warc); ++f) {
    names.push_back(to_string(static_cast<Format>(f)));
  }
  names.emplace_back("article-ndjson");
  return names;
}

}  // namespace newsd
