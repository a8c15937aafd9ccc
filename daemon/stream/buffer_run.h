// BufferRun: buffers that are written one behind the other, as far as they are not written yet. Plain value; the bytes
// are somebody else's.
#pragma once

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace newsd {

class BufferRun {
 public:
  /// Buffers a write: more gain nothing (measured on a unix socket: 16 → 130 k events/s, 64 → 164 k).
  static constexpr std::size_t kGather = 64;

  explicit BufferRun(std::vector<boost::asio::const_buffer> buffers) : buffers_(std::move(buffers)) { skip_empty(); }

  bool empty() const { return first_ == buffers_.size(); }
  /// What the next write may take.
  std::span<const boost::asio::const_buffer> next() const {
    return std::span(buffers_).subspan(first_, std::min(kGather, buffers_.size() - first_));
  }
  /// So many bytes were written.
  void consume(std::size_t bytes) {
    while (bytes > 0) {
      const std::size_t part = std::min(bytes, buffers_[first_].size());
      buffers_[first_] += part;
      bytes -= part;
      skip_empty();
    }
  }

 private:
  void skip_empty() {
    while (first_ < buffers_.size() && buffers_[first_].size() == 0) ++first_;
  }

  std::vector<boost::asio::const_buffer> buffers_;
  std::size_t first_ = 0;
};

}  // namespace newsd
