#include "feeds/extract/recognise.h"

#include "feeds/format/detect.h"
#include "feeds/text/binary.h"
#include "feeds/text/charset.h"
#include "feeds/text/gunzip.h"
#include "feeds/text/lines.h"

#include <utility>

namespace newsd {

std::string_view code_of(ReadError e) {
  switch (e) {
    case ReadError::Empty: return "empty";
    case ReadError::Binary: return "binary";
    case ReadError::TooLarge: return "too-large";
    case ReadError::UnsupportedFormat: return "unsupported-format";
    case ReadError::MalformedJson: return "malformed-json";
    case ReadError::NoArticle: return "no-article";
  }
  return "unsupported-format";
}

Result<std::optional<Document>> unpacked(const Document& document, const ReadLimits& limits) {
  std::optional<Document> out;
  if (!is_gzip(document.bytes) || document.bytes.size() > limits.max_bytes) return out;
  auto inside = gunzip(document.bytes, limits.max_bytes);
  if (!inside) {
    const auto code = inside.error().is(GunzipError::TooLarge) ? ReadError::TooLarge : ReadError::UnsupportedFormat;
    return Error{code, inside.error().text, document.origin.name};
  }
  out = document;
  out->bytes = std::move(*inside);
  return out;
}

Result<Recognised> recognise(const Document& document, const ReadLimits& limits) {
  const std::string& name = document.origin.name;
  if (document.bytes.size() > limits.max_bytes) {
    return Error{
        ReadError::TooLarge,
        std::to_string(document.bytes.size()) + " bytes, more than the limit of " + std::to_string(limits.max_bytes),
        name};
  }
  if (document.bytes.empty()) return Error{ReadError::Empty, "there is nothing in it", name};
  if (document.forced == Format::Unknown) {
    if (const auto container = container_kind(document.bytes)) {
      return Error{ReadError::UnsupportedFormat, "this is " + std::string(*container) + ", which newsd does not read",
                   name};
    }
  }
  Decoded decoded = decode(document.bytes, document.declared_charset);
  if (looks_binary(decoded.text)) return Error{ReadError::Binary, "the bytes are no text in any character set", name};
  if (trimmed(decoded.text).empty()) return Error{ReadError::Empty, "there is nothing but white space in it", name};

  constexpr std::string_view kPacked = ".gz";  // the rest of the name says what is inside
  std::string_view inner_name = name;
  if (inner_name.ends_with(kPacked)) inner_name.remove_suffix(kPacked.size());
  const Detected format = document.forced == Format::Unknown ? detect_format(decoded.text, inner_name)
                                                             : Detected{document.forced, describe(document.forced)};
  Recognised out{document.origin, std::move(decoded.text), std::string(format.what)};
  out.origin.format = format.format;
  out.origin.charset = std::move(decoded.charset);
  return out;
}

}  // namespace newsd
