#include "daemon/stream/buffer_run.h"

#include <catch2/catch.hpp>

#include <string>

namespace newsd {
namespace {

std::vector<boost::asio::const_buffer> buffers_of(const std::vector<std::string>& texts) {
  std::vector<boost::asio::const_buffer> buffers;
  for (const std::string& text : texts) buffers.push_back(boost::asio::buffer(text));
  return buffers;
}

}  // namespace

TEST_CASE("a run of buffers is written whole and in order, however much each write takes") {
  const std::vector<std::string> texts = {"", "one", "", "", "two", "three", ""};
  for (std::size_t most = 1; most <= 12; ++most) {
    BufferRun run(buffers_of(texts));
    std::string written;
    while (!run.empty()) {
      std::string offered;
      for (const auto& buffer : run.next()) offered.append(static_cast<const char*>(buffer.data()), buffer.size());
      REQUIRE_FALSE(run.next().front().size() == 0);
      written += offered.substr(0, most);
      run.consume(std::min(most, offered.size()));
    }
    CHECK(written == "onetwothree");
  }
}

TEST_CASE("a write is offered no more buffers than the system takes, and nothing moves when it took nothing") {
  const std::vector<std::string> texts(150, "x");
  BufferRun run(buffers_of(texts));
  CHECK(run.next().size() == BufferRun::kGather);
  run.consume(0);
  CHECK(run.next().size() == BufferRun::kGather);
  run.consume(149);
  CHECK(run.next().size() == 1);
  run.consume(1);
  CHECK(run.empty());
  CHECK(BufferRun(buffers_of({"", ""})).empty());
}

}  // namespace newsd
