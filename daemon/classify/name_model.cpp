#include "daemon/classify/name_model.h"

#include "daemon/classify/model_bytes.h"

#include <utility>

namespace newsd {

namespace {

constexpr std::string_view kMagic = "newsdnm1";

Error damaged(std::string_view what, std::string_view file) {
  return {NameModelError::Damaged, "the names model " + std::string(what), std::string(file)};
}

}  // namespace

std::string_view code_of(NameModelError e) {
  switch (e) {
    case NameModelError::NoModel: return "no-names-model";
    case NameModelError::Damaged: return "damaged-names-model";
  }
  return "no-names-model";
}

std::string NameModel::write(const NameSteps& steps, std::span<const NameRow> rows) {
  ModelWriter out(kMagic);
  out.u32(kNameFeatureVersion);
  out.u32(kNameBucketBits);
  for (const NameRow& row : rows)
    for (const std::int8_t weight : row) out.byte(static_cast<std::uint8_t>(weight));
  for (const auto& from : steps) {
    for (const std::int16_t step : from) {
      out.byte(static_cast<std::uint8_t>(step & 0xFF));
      out.byte(static_cast<std::uint8_t>(step >> 8 & 0xFF));
    }
  }
  return out.take();
}

Result<NameModel> NameModel::parse(std::string bytes, std::string_view file) {
  if (bytes.starts_with(kMagic) && !ModelReader::content_of(bytes))
    return damaged("is damaged: its digest is another", file);
  // moved only once nothing points into it: a short string's bytes move with it
  auto owned = std::make_shared<const std::string>(std::move(bytes));
  auto model = over(*owned, file);
  if (model) model->owned_ = std::move(owned);
  return model;
}

Result<NameModel> NameModel::over(std::string_view bytes, std::string_view file) {
  if (!bytes.starts_with(kMagic))
    return Error(NameModelError::NoModel, "is no names model of newsd", std::string(file));
  const auto content = ModelReader::unchecked_content_of(bytes);
  if (!content) return damaged("ends before its end", file);
  ModelReader in(*content);
  in.bytes(kMagic.size());
  const auto version = in.u32(), bits = in.u32();
  if (!bits || *version != kNameFeatureVersion || *bits != kNameBucketBits)
    return damaged("is of another version", file);
  const auto rows = in.bytes(kNameBuckets * sizeof(NameRow));
  if (!rows) return damaged("has not as many rows as it should", file);
  NameModel model;
  model.rows_ = rows->data();
  for (auto& from : model.steps_) {
    for (std::int16_t& step : from) {
      const auto two = in.bytes(2);
      if (!two) return damaged("ends before its end", file);
      const auto low = static_cast<unsigned char>((*two)[0]), high = static_cast<unsigned char>((*two)[1]);
      step = static_cast<std::int16_t>(low | high << 8);
    }
  }
  if (in.at() != content->size()) return damaged("goes on behind its end", file);
  model.version_ = "names-" + ModelReader::short_digest_of(bytes);
  return model;
}

}  // namespace newsd
