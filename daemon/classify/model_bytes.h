// The shape of newsd's model files: a magic word, numbers little-endian, texts with their length before them, and
// XXH3-128 over everything at the end. Written by ModelWriter, read by ModelReader, which never reads beyond the end.
// Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

class ModelWriter {
 public:
  explicit ModelWriter(std::string_view magic) : out_(magic) {}
  void byte(std::uint8_t n) { out_ += static_cast<char>(n); }
  void u32(std::uint32_t n);
  void f32(float f);
  void text(std::string_view text);
  void bytes(std::string_view bytes) { out_ += bytes; }
  /// The whole file, with its digest.
  std::string take();

 private:
  std::string out_;
};

/// Takes what stands next; nothing when the file ends before.
class ModelReader {
 public:
  static constexpr std::size_t kDigestBytes = 16;  ///< at the end of every file
  /// A file without its digest; nothing when the digest is another or missing.
  static std::optional<std::string_view> content_of(std::string_view file);
  /// The same without looking at the digest; nothing when the file is shorter than one.
  static std::optional<std::string_view> unchecked_content_of(std::string_view file);
  /// The digest's first eight hexadecimal digits, to tell models from each other. file: not shorter than a digest.
  static std::string short_digest_of(std::string_view file);

  explicit ModelReader(std::string_view content) : content_(content) {}
  std::optional<std::string_view> bytes(std::size_t n);
  std::optional<std::uint32_t> u32();
  /// Finite, and of at most a million.
  std::optional<float> f32();
  /// Well-formed UTF-8 of 1 to `longest` bytes.
  std::optional<std::string_view> text(std::size_t longest);
  /// Where the next byte stands.
  std::size_t at() const { return at_; }

 private:
  std::string_view content_;
  std::size_t at_ = 0;
};

}  // namespace newsd
