#include "daemon/classify/name_model.h"

#include "daemon/classify/model_bytes.h"
#include "feeds/text/digest.h"

#include <algorithm>

namespace newsd {

namespace {

constexpr std::string_view kMagic = "newsdnm1";

bool is_empty(const NameRow& row) {
  return std::all_of(row.begin(), row.end(), [](std::int8_t weight) { return weight == 0; });
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
  for (const auto& from : steps) {
    for (const std::int16_t step : from) {
      out.byte(static_cast<std::uint8_t>(step & 0xFF));
      out.byte(static_cast<std::uint8_t>(step >> 8 & 0xFF));
    }
  }
  for (std::size_t bucket = 0; bucket < rows.size(); bucket += 8) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits |= is_empty(rows[bucket + i]) ? 0u : 1u << i;
    out.byte(static_cast<std::uint8_t>(bits));
  }
  for (const NameRow& row : rows) {
    if (is_empty(row)) continue;
    for (std::size_t tag = 0; tag < kNameTags; ++tag) out.byte(static_cast<std::uint8_t>(row[tag]));
  }
  return out.take();
}

Result<NameModel> NameModel::parse(std::string_view bytes, std::string_view file) {
  const auto damaged = [&](std::string_view what) {
    return Error(NameModelError::Damaged, "the names model " + std::string(what), std::string(file));
  };
  if (!bytes.starts_with(kMagic))
    return Error(NameModelError::NoModel, "is no names model of newsd", std::string(file));
  const auto content = ModelReader::content_of(bytes);
  if (!content) return damaged("is damaged: its digest is another");
  ModelReader in(*content);
  in.bytes(kMagic.size());
  const auto version = in.u32(), bits = in.u32();
  if (!bits || *version != kNameFeatureVersion || *bits != kNameBucketBits) return damaged("is of another version");
  NameModel model;
  for (auto& from : model.steps_) {
    for (std::int16_t& step : from) {
      const auto two = in.bytes(2);
      if (!two) return damaged("ends before its end");
      const auto low = static_cast<unsigned char>((*two)[0]), high = static_cast<unsigned char>((*two)[1]);
      step = static_cast<std::int16_t>(low | high << 8);
    }
  }
  const auto bitmap = in.bytes(kNameBuckets / 8);
  if (!bitmap) return damaged("ends before its end");
  model.rows_.resize(kNameBuckets, NameRow{});
  for (std::size_t bucket = 0; bucket < kNameBuckets; ++bucket) {
    if ((static_cast<unsigned char>((*bitmap)[bucket / 8]) >> (bucket % 8) & 1) == 0) continue;
    const auto weights = in.bytes(kNameTags);
    if (!weights) return damaged("has not as many rows as it should");
    std::copy(weights->begin(), weights->end(), model.rows_[bucket].begin());
  }
  if (in.at() != content->size()) return damaged("goes on behind its end");
  model.version_ = "names-" + sha256(bytes).to_hex().substr(0, 8);
  return model;
}

}  // namespace newsd
