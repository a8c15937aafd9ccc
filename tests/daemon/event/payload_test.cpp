#include "daemon/event/payload.h"
#include "daemon/event/event.h"

#include <zstd.h>
#include <catch2/catch.hpp>

#include <random>
#include <string>

namespace newsd {
namespace {

/// A frame as a stream writes it: without the size of its content, without a checksum.
std::string frame_of(std::string_view content) {
  std::string frame(ZSTD_compressBound(content.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  frame.resize(ZSTD_compress2(context, frame.data(), frame.size(), content.data(), content.size()));
  ZSTD_freeCCtx(context);
  return frame;
}

TEST_CASE("concatenated frames unpack to their concatenated contents") {
  CHECK(unpacked(packed("one\n") + packed("two\n") + packed("three")).value() == "one\ntwo\nthree");
  CHECK(unpacked("").value().empty());
  CHECK(packed("").empty());
}

TEST_CASE("a large content comes back whole") {
  std::string content;
  std::minstd_rand random(1);
  while (content.size() < 300'000) content += static_cast<char>(random());
  CHECK(unpacked(packed(content)).value() == content);
  CHECK(unpacked(packed(std::string(2'000'000, 'a'))).value().size() == 2'000'000);
}

TEST_CASE("the same content gives the same frame, whatever was packed before") {
  const std::string first = packed("the ferry sails again");
  packed(std::string(500'000, 'x'));
  CHECK(packed("the ferry sails again") == first);
}

TEST_CASE("a frame cut short is refused at every length") {
  const std::string frame = packed("the ferry sails again on Thursday");
  for (std::size_t size = 1; size < frame.size(); ++size) {
    INFO("cut to " << size);
    const auto result = unpacked(std::string_view(frame).substr(0, size));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().is(EventError::BadPayload));
  }
}

TEST_CASE("a frame with a flipped bit is refused, never believed") {
  const std::string content = "the ferry sails again on Thursday, the union says; the ferry sails again";
  const std::string frame = packed(content);
  for (std::size_t at = 0; at < frame.size(); ++at) {
    std::string bad = frame;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    const auto result = unpacked(bad);
    INFO("byte " << at);
    CHECK((!result || *result == content));  // a few header bits change nothing
  }
}

TEST_CASE("what is no zstd is refused") {
  CHECK_FALSE(unpacked("plain text").has_value());
  CHECK_FALSE(unpacked(packed("a") + "rest").has_value());
}

TEST_CASE("a bomb is refused at the limit, whether one frame or several") {
  const std::string bomb = frame_of(std::string(1'000'001, '\0'));
  REQUIRE(bomb.size() < 1000);
  CHECK(unpacked(bomb, 1'000'001).has_value());
  const auto result = unpacked(bomb, 1'000'000);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().is(EventError::BadPayload));
  const std::string half = packed(std::string(600'000, 'a'));
  CHECK(unpacked(half, 1'000'000).has_value());
  CHECK_FALSE(unpacked(half + half, 1'000'000).has_value());
}

TEST_CASE("a header that claims more than can be is not believed") {
  // magic, single segment with a content size of eight bytes: 2^62, then a last raw block of one byte
  const std::string liar("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x40\x09\0\0a", 17);
  CHECK_FALSE(unpacked(liar).has_value());
}

TEST_CASE("a context that failed once works again") {
  CHECK_FALSE(unpacked(packed("abc").substr(0, 5)).has_value());
  CHECK(unpacked(packed("abc")).value() == "abc");
}

}  // namespace
}  // namespace newsd
