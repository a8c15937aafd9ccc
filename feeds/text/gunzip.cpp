#include "feeds/text/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace newsd {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, gzip's wrapping only
constexpr std::size_t kBlock = 64 << 10;

}  // namespace

std::string_view code_of(GunzipError e) { return e == GunzipError::TooLarge ? "too-large" : "damaged-gzip"; }

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return Error{GunzipError::Damaged, "zlib cannot be started"};
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> ending(&stream, &inflateEnd);
  std::string out;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, std::numeric_limits<uInt>::max());
    // zlib 1.2 takes a pointer to what it only reads
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream.avail_in = static_cast<uInt>(piece.size());
    int state = Z_OK;
    do {
      const std::size_t start = out.size();
      out.resize(std::min(start + kBlock, max_bytes + 1));
      stream.next_out = reinterpret_cast<Bytef*>(out.data() + start);
      stream.avail_out = static_cast<uInt>(out.size() - start);
      state = inflate(&stream, Z_NO_FLUSH);
      out.resize(out.size() - stream.avail_out);
      if (state != Z_OK && state != Z_STREAM_END) return Error{GunzipError::Damaged, "this gzip archive is damaged"};
      if (out.size() > max_bytes)
        return Error{GunzipError::TooLarge, "unpacked, it has more than " + std::to_string(max_bytes) + " bytes"};
    } while (state == Z_OK && stream.avail_in > 0);
    bytes.remove_prefix(piece.size() - stream.avail_in);
    if (state == Z_OK && bytes.empty()) return Error{GunzipError::Damaged, "this gzip archive stops short"};
    if (state == Z_STREAM_END && is_gzip(bytes))
      inflateReset(&stream);
    else if (state == Z_STREAM_END)
      break;  // padding behind the last member
  }
  return out;
}

}  // namespace newsd
