// A names model whose digest is put right, and a text that is tagged with it: the first half of the input is the file's
// content, all of it the text. Either the model is refused, or names lie in the text, apart from each other, and the
// same bytes give the same names. Marked sentences are read from the same bytes: what is read has its names in it.
#include "daemon/classify/model_bytes.h"
#include "daemon/classify/name_spans.h"
#include "daemon/classify/name_tagger.h"
#include "daemon/classify/name_training.h"
#include "daemon/classify/resources.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace newsd;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void tag(const std::string& text, const NameModel& model) {
  const Lexicon& lexicon = default_resources()->lexicon;
  const TokenText tokens = tokenise(text, lexicon.vocabulary());
  const auto names = name_spans(tokens, lexicon, &model);
  std::uint32_t behind = 0;
  for (const NameSpan& name : names) {
    require(name.first >= behind && name.first <= name.last && name.last < tokens.tokens.size());
    behind = name.last + 1;
  }
  const auto again = name_spans(tokens, lexicon, &model);
  require(again.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    require(names[i].first == again[i].first && names[i].last == again[i].last && names[i].kind == again[i].kind);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 4096));
  if (const auto sentences = read_marked_sentences(input, "fuzz")) {
    for (const MarkedSentence& sentence : *sentences) {
      require(!sentence.words.empty());
      for (const MarkedName& name : sentence.names)
        require(name.first <= name.last && name.last < sentence.words.size());
    }
    name_figures(*sentences, default_resources()->lexicon, default_resources()->names.get());
  }
  // steps from the input; all rows the same nine bytes
  NameSteps steps{};
  NameRow row{};
  std::size_t at = 0;
  const auto next = [&] { return input.empty() ? 0 : input[at++ % input.size()]; };
  for (auto& from : steps)
    for (auto& step : from) step = static_cast<std::int16_t>(next() * 256 + next());
  for (std::size_t t = 0; t < kNameTags; ++t) row[t] = static_cast<std::int8_t>(next());
  std::vector<NameRow> rows(kNameBuckets, NameRow{});
  for (std::size_t bucket = 0; bucket < kNameBuckets; bucket += 3) rows[bucket] = row;
  const auto made = NameModel::parse(NameModel::write(steps, rows), "fuzz");
  require(made.has_value());

  const std::string text(input);
  if (is_valid_utf8(text)) {
    tag(text, *made);
    tag(text, *default_resources()->names);
  }
  ModelWriter out("newsdnm1");
  out.u32(kNameFeatureVersion);
  out.u32(kNameBucketBits);
  out.bytes(input.substr(0, input.size() / 2));
  if (!input.empty()) out.bytes(std::string(kNameBuckets * sizeof(NameRow), static_cast<char>(input.back() & 1)));
  if (const auto model = NameModel::parse(out.take(), "fuzz"))
    tag("Anna Berg of Oslo met the Harbour Council.", *model);
  return 0;
}
