#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/stat.h>

#include <fstream>
#include <random>
#include <set>

namespace newsd {

TEST_CASE("killed again and again, newsd loses no article, announces none twice and leaves no hole") {
  const unsigned seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  NewsdHome home;
  home.configure(home.file_output());
  int dropped = 0;
  for (int kill = 0; kill < 8; ++kill) {
    Process::Options options;
    Process newsd(newsd_program(), {"run", "-c", home.config().string()}, options);
    const int burst = 40 + static_cast<int>(random() % 80);
    for (int i = 0; i < burst; ++i, ++dropped) home.drop("n" + std::to_string(dropped) + ".txt", sample_text(dropped));
    // at a random moment of its work: when a random share of the burst has left the directory
    const std::size_t left = random() % static_cast<unsigned>(burst);
    eventually([&] { return home.waiting().size() <= left; }, std::chrono::seconds(5));
    newsd.signal(SIGKILL);
    newsd.wait();
  }
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  CHECK(home.waiting().empty());
  CHECK(home.done().size() == static_cast<std::size_t>(dropped));

  const Ran dump = home.run({"journal", "dump", "-c", home.config().string()});
  REQUIRE(dump.status == 0);
  const auto events = lines_of(dump.output);
  for (std::size_t i = 0; i < events.size(); ++i) CHECK(sequence_of(events[i]) == i + 1);
  CHECK(count_type(events, "newsd.article.new") == static_cast<std::size_t>(dropped));
  CHECK(count_type(events, "newsd.article.duplicate") == 0);

  // the file output has every event once, in order, no line torn
  const auto written = lines_of(file_content(home.file()));
  REQUIRE(written.size() == events.size());
  CHECK(written == events);
  const Ran check = home.run({"journal", "check", "-c", home.config().string()});
  INFO(check.errors << check.output);
  CHECK(check.status == 0);
}

TEST_CASE("a file that was committed but not let go before a crash is let go without a second event") {
  NewsdHome home;
  home.configure(home.file_output());
  // done/ cannot be made while a file of that name lies there: the events commit, the file stays
  std::ofstream(home.inbox() / "done") << "in the way";
  home.drop("a.txt", sample_text(1));
  {
    const auto newsd = home.start();
    REQUIRE(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 1; }));
    newsd->signal(SIGKILL);
    newsd->wait();
  }
  CHECK(std::filesystem::exists(home.inbox() / "a.txt"));
  std::filesystem::remove(home.inbox() / "done");
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  CHECK(home.done() == std::vector<std::string>{"a.txt"});
  const auto events = lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output);
  CHECK(count_type(events, "newsd.article.new") == 1);
  CHECK(count_type(events, "newsd.article.duplicate") == 0);
}

TEST_CASE("two daemons on one drop directory share its files, each announced by one of them") {
  NewsdHome home, other;
  home.configure(home.file_output());
  std::ofstream(other.config()) << "state_dir = \"" << (other.path() / "state").string() << "\"\n[[drop]]\npath = \""
                                << home.inbox().string() << "\"\nname = \"inbox\"\n"
                                << other.file_output();
  const auto one = home.start();
  const auto two = other.start();
  for (int n = 0; n < 200; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  const auto count = [&] {
    return count_type(lines_of(file_content(home.file())), "newsd.article.new") +
           count_type(lines_of(file_content(other.file())), "newsd.article.new");
  };
  CHECK(eventually([&] { return home.waiting().empty() && count() >= 200; }));
  for (Process* newsd : {one.get(), two.get()}) {
    newsd->signal(SIGTERM);
    CHECK(newsd->wait() == 0);
  }
  CHECK(count() == 200);
  CHECK(home.done().size() == 200);
  std::set<std::string> ids;
  for (const auto* where : {&home, &other}) {
    for (const std::string& line : lines_of(file_content(where->file()))) {
      if (attribute(line, "type") == "newsd.article.new") ids.insert(attribute(line, "id"));
    }
  }
  CHECK(ids.size() == 200);
}

}  // namespace newsd
