// What labelling needs beyond the article: the topic vocabulary and the compiled topic rules, the lexicons, the models.
// Texts in, one immutable value out; shared by all workers and swapped whole on reload. Reads no files: whoever calls
// hands the texts in, or takes the embedded ones.
#pragma once

#include "daemon/classify/language_model.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/name_model.h"
#include "daemon/classify/phrase_matcher.h"
#include "daemon/classify/topic_rules.h"
#include "daemon/classify/topic_tree.h"
#include "feeds/article/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A file's name, for errors, and its text.
struct NamedText {
  std::string name;
  std::string_view text;
};

struct Resources {
  TopicTree tree;
  TopicRules topics;
  PhraseMatcher phrases;       ///< of all rules in one automaton
  std::string topics_version;  ///< "medtop-rules-2"; of packs that are not the embedded ones with a hash of their texts
                               ///< behind it
  std::shared_ptr<const LanguageModel> language;
  std::shared_ptr<const NameModel> names;
  Lexicon lexicon;
  std::string facts_version;  ///< of the rules that read the lexicons, "newsd-facts-3"; with lexicons of one's own with
                              ///< a hash of their texts behind it
};

/// What resources are made of in place of, or besides, what newsd was built with.
struct OwnResources {
  std::optional<std::vector<NamedText>> packs = std::nullopt;  ///< rule packs (conf/README.md); none: the embedded ones
  /// One called as an embedded one takes its place, others ("people.desk.tsv") come before the embedded ones of their
  /// kind.
  std::vector<NamedText> lexicons = {};
  std::shared_ptr<const LanguageModel> language = nullptr;  ///< null: the embedded one
  std::shared_ptr<const NameModel> names = nullptr;         ///< likewise
  bool is_empty() const { return !packs && lexicons.empty() && language == nullptr && names == nullptr; }
};

enum class ResourceError { BadVocabulary, BadRule, BadLexicon };
std::string_view code_of(ResourceError e);

/// mediatopics: the vocabulary, code TAB parent TAB name a line. An Error's `where` is file:line, of the first thing
/// that is wrong.
Result<std::shared_ptr<const Resources>> make_resources(const OwnResources& own, const NamedText& mediatopics);
/// With the embedded vocabulary.
Result<std::shared_ptr<const Resources>> make_resources(const OwnResources& own);

/// The rule packs and the vocabulary that newsd was built with, compiled once.
std::shared_ptr<const Resources> default_resources();
/// Their lexicon alone: a names model is learned without one of the version before.
Lexicon default_lexicon();

}  // namespace newsd
