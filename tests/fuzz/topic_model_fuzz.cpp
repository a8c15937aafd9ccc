// A model file, whose digest is put right so that what it says is read: either it is refused, or it gives probabilities
// between 0 and 1 and words of the text for every label.
#include "daemon/classify/model_bytes.h"
#include "daemon/classify/topic_model.h"

#include <cstdlib>
#include <string>

using namespace newsd;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  ModelWriter out("newsdtm1");
  out.u32(kFeatureVersion);
  out.u32(kFeatureBits);
  out.bytes(input);
  // the bitmap of buckets is long: most of it is filled in, with the bits that the text below has or without
  if (!input.empty()) out.bytes(std::string((std::size_t{1} << kFeatureBits) / 8, static_cast<char>(input.back() & 1)));
  const auto model = TopicModel::parse(out.take(), "fuzz");
  if (!model) return 0;
  TopicFeatureReader reader;
  const std::string_view text = "the harbour of Oldhaven was closed for days while divers looked for a chain";
  const auto& features = reader.of("Harbour", text);
  const auto scores = model->scores(features);
  if (scores.size() != model->labels().size()) std::abort();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!(scores[i] >= 0 && scores[i] <= 1)) std::abort();
    for (const std::string& why : model->why(features, i))
      if (why != "Harbour" && text.find(why) == std::string_view::npos) std::abort();
  }
  return 0;
}
