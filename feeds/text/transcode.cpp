#include "feeds/text/transcode.h"

#include "feeds/text/utf8.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace newsd {
namespace {

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  // iconv_open's failure value is a pointer of -1
  bool valid() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }
  /// Forgets what it keeps of a character that was begun.
  void reset() { iconv(handle_, nullptr, nullptr, nullptr, nullptr); }
  /// Converts what it can into `out`; returns 0 or errno.
  int run(char** in, std::size_t* in_left, std::string& out) {
    std::array<char, 16384> buffer;
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t converted = iconv(handle_, in, in_left, &to, &room);
    const int error = converted == static_cast<std::size_t>(-1) ? errno : 0;
    out.append(buffer.data(), buffer.size() - room);
    return error;
  }

 private:
  iconv_t handle_;
};

/// What each byte of a set means, for sets in which that does not depend on its neighbours.
struct ByteTable {
  std::array<std::array<char, 4>, 256> utf8{};
  std::array<std::uint8_t, 256> length{};
  std::array<bool, 256> is_hole{};  ///< means nothing: utf8 is the replacement character
};

/// Asks iconv for every byte alone. Nothing when a byte is the beginning of something, or is kept until the next is
/// known (the combining marks of windows-1255 and -1258).
std::optional<ByteTable> byte_table(Converter& converter) {
  ByteTable table;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    char input = static_cast<char>(static_cast<unsigned char>(byte));
    char* in = &input;
    std::size_t left = 1;
    std::string out;
    const int error = converter.run(&in, &left, out);
    if (error != 0 && error != EILSEQ) return std::nullopt;
    table.is_hole[byte] = error == EILSEQ;
    if (error == EILSEQ) append_utf8(out, kReplacementCharacter);
    if (out.empty() || out.size() > 4) return std::nullopt;
    std::copy(out.begin(), out.end(), table.utf8[byte].begin());
    table.length[byte] = static_cast<std::uint8_t>(out.size());
  }
  return table;
}

Transcoded by_table(std::string_view bytes, const ByteTable& table) {
  constexpr std::size_t kBlock = 4096;
  Transcoded out;
  out.text.reserve(bytes.size() + bytes.size() / 2);
  std::array<char, 4 * kBlock> block;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kBlock, bytes.size()))) {
    char* to = block.data();
    for (const char c : bytes.substr(0, kBlock)) {
      const auto byte = static_cast<unsigned char>(c);
      std::memcpy(to, table.utf8[byte].data(), 4);
      to += table.length[byte];
      out.replaced += table.is_hole[byte] ? 1 : 0;
    }
    out.text.append(block.data(), static_cast<std::size_t>(to - block.data()));
  }
  return out;
}

/// A table costs about as much as this many bytes do without.
constexpr std::size_t kWorthTable = 2048;

}  // namespace

std::optional<Transcoded> transcode(std::string_view bytes, const char* iconv_name, std::size_t unit) {
  Converter converter(iconv_name);
  if (!converter.valid()) return std::nullopt;
  if (unit == 1 && bytes.size() >= kWorthTable) {
    if (const auto table = byte_table(converter)) return by_table(bytes, *table);
    converter.reset();
  }
  Transcoded out;
  out.text.reserve(bytes.size() + bytes.size() / 4);
  std::string input(bytes);  // iconv wants char**, and promises in words only not to write there
  char* in = input.data();
  std::size_t left = input.size();
  while (left > 0) {
    const int error = converter.run(&in, &left, out.text);
    if (error == 0 || error == E2BIG) continue;
    append_utf8(out.text, kReplacementCharacter);
    ++out.replaced;
    if (error == EINVAL) break;  // the last sequence is cut off
    const std::size_t step = std::min(unit, left);
    in += step;
    left -= step;
  }
  converter.run(nullptr, nullptr, out.text);
  return out;
}

}  // namespace newsd
