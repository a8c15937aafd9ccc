#include "feeds/text/transcode.h"

#include "feeds/text/utf8.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

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

}  // namespace

std::optional<Transcoded> transcode(std::string_view bytes, const char* iconv_name, std::size_t unit) {
  Converter converter(iconv_name);
  if (!converter.valid()) return std::nullopt;
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
