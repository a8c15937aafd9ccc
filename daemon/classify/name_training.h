// Sentences with their names marked → the names model, and what it is worth on sentences it did not learn from. An
// averaged perceptron over whole sentences (Collins 2002): what the present weights say is compared with what is
// marked, and the features of both are moved. Deterministic; pure; some megabytes.
#pragma once

#include "daemon/classify/lexicon.h"
#include "daemon/classify/name_model.h"
#include "daemon/classify/training_steps.h"
#include "feeds/article/result.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A name is words [first, last], kind as NameTag::Begin….
struct MarkedName {
  std::uint32_t first = 0, last = 0;
  NameTag kind = NameTag::BeginPerson;
};
struct MarkedSentence {
  std::vector<std::string> words;
  std::vector<MarkedName> names;
};

/// Lines of CoNLL manner: a word first, its tag last, white space between; an empty line ends a sentence; lines that
/// begin with -DOCSTART- are left out. Tags: O, or B- or I- and PER, ORG, LOC, MISC or a longer word for them (Person,
/// Organisation, Location …); any other kind counts as O. An Error's `where` is file:line.
Result<std::vector<MarkedSentence>> read_marked_sentences(std::string_view text, std::string_view file);

/// Exact names, by kind: person, organisation, place.
struct NameFigures {
  struct Count {
    std::size_t hit = 0, said = 0, marked = 0;
    double precision() const;
    double recall() const;
    double f1() const;
  };
  std::array<Count, 3> kinds{};
  Count all() const;
  NameFigures& operator+=(const NameFigures& other);
  std::string text() const;
};

/// model: nullptr: the rules alone.
NameFigures name_figures(const std::vector<MarkedSentence>& sentences, const Lexicon& lexicon, const NameModel* model);

struct TrainedNames {
  std::string model;  ///< the file (name_model.h), not packed
  NameFigures held_out;
  NameFigures rules;  ///< the same sentences by the rules alone
  std::size_t folds = 0;
};

/// Five-fold cross-validation over a hash of the sentences, then the model from all of them.
Result<TrainedNames> train_names(const std::vector<MarkedSentence>& sentences, const Lexicon& lexicon,
                                 const TrainingSteps& steps = {});

}  // namespace newsd
