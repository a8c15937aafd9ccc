// Prints one line of every event type, for the validators of tests/e2e/schema and to write tests/golden/event anew:
//   event_lines [ENCODING]     the samples in that encoding (default cloudevents)
//   event_lines --schema       the schema that is built into the program
#include "daemon/event/encoding.h"
#include "daemon/event/event_schema.h"
#include "daemon/event/notice.h"
#include "tests/daemon/event/sample.h"

#include <cstdio>
#include <string>

namespace {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

int main(int argc, char** argv) {
  const std::string_view asked = argc > 1 ? argv[1] : "cloudevents";
  if (asked == "--schema") {
    print(newsd::embedded::event_schema());
    return 0;
  }
  const newsd::Encoding* encoding = newsd::encoding_named(asked);
  if (encoding == nullptr) return 64;
  for (const newsd::Record& record : newsd::one_of_every_type()) {
    const newsd::Result<std::string> line = newsd::line_of(record);
    if (!line) {
      std::fprintf(stderr, "%s\n", line.error().message().c_str());
      return 70;
    }
    if (const auto encoded = encoding->encode(*line)) print(*encoded + "\n");
  }
  return 0;
}
