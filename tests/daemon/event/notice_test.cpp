#include "daemon/event/notice.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

enum class Amiss { Expired };
std::string_view code_of(Amiss) { return "expired"; }

TEST_CASE("a gap carries the last missing number as its sequence, so that a cursor goes on behind it") {
  const std::string line = gap_line("newsd://news.example/main", Sequence(1), Sequence(40),
                                    Error(Amiss::Expired, "older than retention keeps"), sample_time());
  CHECK(line.find(R"("type":"newsd.stream.gap")") != std::string::npos);
  CHECK(line.find(R"("sequence":"00000000000000000040")") != std::string::npos);
  CHECK(line.find("recordedtime") == std::string::npos);
  CHECK(line.ends_with(R"("data":{"gap":{"from":"00000000000000000001","to":"00000000000000000040",)"
                       R"("reason":{"code":"expired","text":"older than retention keeps"}}}})"));
}

TEST_CASE("the same gap has the same id whenever it is told, another gap another") {
  const Error why(Amiss::Expired, "gone");
  const auto id = [&](std::uint64_t to, Instant now) {
    return gap_line("newsd://h/i", Sequence(1), Sequence(to), why, now).substr(0, 70);
  };
  CHECK(id(40, sample_time()) == id(40, sample_time() + std::chrono::hours(1)));
  CHECK(id(40, sample_time()) != id(41, sample_time()));
}

TEST_CASE("errors and heartbeats have no sequence: they are no events") {
  CHECK(error_line(Error(Amiss::Expired, "no such \"place\"", "line 1")) ==
        R"({"error":{"code":"expired","text":"no such \"place\"","where":"line 1"}})");
  CHECK(heartbeat_line(Sequence(41), sample_time()) ==
        R"({"heartbeat":{"time":"2026-03-04T05:06:07.089Z","last":"00000000000000000041"}})");
}

}  // namespace
}  // namespace newsd
