#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace newsd {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("what a drop directory should not hold is moved to failed/ with a reason and never blocks a good file") {
  NewsdHome home;
  home.configure(home.file_output());
  const auto newsd = home.start();
  REQUIRE(mkfifo((home.inbox() / "pipe.txt").c_str(), 0600) == 0);
  REQUIRE(symlink("/etc/passwd", (home.inbox() / "link.txt").c_str()) == 0);
  std::filesystem::create_directory(home.inbox() / "directory.txt");
  home.drop("empty.txt", "");
  home.drop("zeros.bin", std::string(5000, '\0'));
  home.drop("deep.json", std::string(200'000, '[') + std::string(200'000, ']'));
  home.drop("archive.txt.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + std::string(100, 'x'));
  {
    const auto huge = home.inbox() / ".huge.part";
    std::ofstream(huge).close();
    std::filesystem::resize_file(huge, 100 << 20);
    std::filesystem::rename(huge, home.inbox() / "huge.txt");
  }
  home.drop("good.txt", sample_text(1));
  CHECK(eventually([&] { return has(home.done(), "good.txt"); }));
  const std::vector<std::string> bad = {"pipe.txt",  "link.txt",       "empty.txt", "zeros.bin",
                                        "deep.json", "archive.txt.gz", "huge.txt"};
  CHECK(eventually([&] {
    const auto failed = home.failed();
    return std::all_of(bad.begin(), bad.end(), [&](const std::string& name) { return has(failed, name); });
  }));
  for (const std::string& name : bad) {
    INFO(name);
    CHECK(file_content(home.inbox() / "failed" / (name + ".reason.json")).find("\"reason\"") != std::string::npos);
  }
  CHECK(std::filesystem::is_directory(home.inbox() / "directory.txt"));
  CHECK(eventually(
      [&] { return count_type(lines_of(file_content(home.file())), "newsd.input.quarantined") == bad.size(); }));
  CHECK(file_content(home.file()).find("root:x:") == std::string::npos);
  CHECK(newsd->running());
}

TEST_CASE("odd names and charsets are read") {
  NewsdHome home;
  home.configure(home.file_output());
  const std::string text = sample_text(1);
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("Ferry timetable changes in autumn\n\nThe ferry company moves its first crossing to "
                                  "half past six from October.\n\n"
                                  "Commuters had asked for the change in a letter signed by four hundred people.\n")) {
    utf16 += c;
    utf16 += '\0';
  }
  home.drop(std::string(251, 'g') + ".txt", sample_text(2));
  home.drop("line\nbreak.txt", sample_text(3));
  home.drop("caf\xe9.txt", sample_text(4));
  home.drop("-rf.txt", sample_text(5));
  home.drop("utf16.txt", utf16);
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const auto events = lines_of(file_content(home.file()));
  CHECK(count_type(events, "newsd.article.new") == 5);
  CHECK(home.done().size() == 5);
  CHECK(file_content(home.file()).find("Ferry timetable changes in autumn") != std::string::npos);
}

TEST_CASE("a file that is still being written is not taken half-written") {
  NewsdHome home;
  home.configure(home.file_output());
  const auto newsd = home.start();
  const std::string text = sample_text(1);
  {
    std::ofstream slow(home.inbox() / "slow.txt", std::ios::binary);
    slow << text.substr(0, 100) << std::flush;
    home.drop("other.txt", sample_text(2));
    REQUIRE(eventually([&] { return has(home.done(), "other.txt"); }));
    CHECK_FALSE(has(home.done(), "slow.txt"));
    slow << text.substr(100);
  }
  REQUIRE(eventually([&] { return has(home.done(), "slow.txt"); }));
  CHECK(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 2; }));
  CHECK(file_content(home.inbox() / "done" / "slow.txt") == text);
  CHECK(newsd->running());
}

}  // namespace newsd
