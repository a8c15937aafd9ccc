#include "daemon/classify/model_bytes.h"

#include "feeds/text/digest.h"
#include "feeds/text/utf8.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace newsd {

namespace {

void append_u32(std::string& out, std::uint32_t n) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(n >> shift & 0xFF);
}

std::string digest_of(std::string_view bytes) {
  const Key128 key = key128(bytes);
  std::string digest;
  for (const std::uint64_t half : {key.high, key.low}) {
    append_u32(digest, static_cast<std::uint32_t>(half));
    append_u32(digest, static_cast<std::uint32_t>(half >> 32));
  }
  return digest;
}

}  // namespace

void ModelWriter::u32(std::uint32_t n) { append_u32(out_, n); }

void ModelWriter::f32(float f) { append_u32(out_, std::bit_cast<std::uint32_t>(f)); }

void ModelWriter::text(std::string_view text) {
  u32(static_cast<std::uint32_t>(text.size()));
  out_ += text;
}

std::string ModelWriter::take() {
  out_ += digest_of(out_);
  return std::move(out_);
}

std::optional<std::string_view> ModelReader::content_of(std::string_view file) {
  const auto content = unchecked_content_of(file);
  return content && digest_of(*content) == file.substr(content->size()) ? content : std::nullopt;
}

std::optional<std::string_view> ModelReader::unchecked_content_of(std::string_view file) {
  if (file.size() < kDigestBytes) return std::nullopt;
  return file.substr(0, file.size() - kDigestBytes);
}

std::string ModelReader::short_digest_of(std::string_view file) {
  std::string digits;
  for (const char byte : file.substr(file.size() - kDigestBytes, 4))
    digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

std::optional<std::string_view> ModelReader::bytes(std::size_t n) {
  if (n > content_.size() - at_) return std::nullopt;
  at_ += n;
  return content_.substr(at_ - n, n);
}

std::optional<std::uint32_t> ModelReader::u32() {
  const auto four = bytes(4);
  if (!four) return std::nullopt;
  std::uint32_t n = 0;
  for (unsigned i = 0; i < 4; ++i) n |= std::uint32_t{static_cast<unsigned char>((*four)[i])} << (8 * i);
  return n;
}

std::optional<float> ModelReader::f32() {
  const auto n = u32();
  if (!n) return std::nullopt;
  const float f = std::bit_cast<float>(*n);
  return std::isfinite(f) && std::abs(f) <= 1e6f ? std::optional(f) : std::nullopt;
}

std::optional<std::string_view> ModelReader::text(std::size_t longest) {
  const auto length = u32();
  if (!length || *length == 0 || *length > longest) return std::nullopt;
  const auto text = bytes(*length);
  return text && is_valid_utf8(*text) ? text : std::nullopt;
}

}  // namespace newsd
