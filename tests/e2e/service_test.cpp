#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

#include <signal.h>

#include <algorithm>
#include <fstream>

namespace newsd {
namespace {

bool heard(NewsdHome& home, const std::string& line) {
  const auto lines = home.notified();
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& l) { return l.starts_with(line); });
}

long times_heard(NewsdHome& home, const std::string& line) {
  const auto lines = home.notified();
  return std::count(lines.begin(), lines.end(), line);
}

}  // namespace

TEST_CASE("the service protocol: ready, watchdog, stopping") {
  NewsdHome home;
  const auto newsd = home.start({{"WATCHDOG_USEC", "200000"}});
  CHECK(eventually([&] { return times_heard(home, "WATCHDOG=1") >= 3; }));
  CHECK(heard(home, "STATUS="));
  newsd->signal(SIGTERM);
  CHECK(newsd->wait() == 0);
  CHECK(heard(home, "STOPPING=1"));
}

TEST_CASE("a second daemon on the same state directory exits 75 and the first works on") {
  NewsdHome home;
  home.configure(home.unix_output());
  const auto newsd = home.start();
  const Ran second = home.run({"run", "-c", home.config().string()});
  CHECK(second.status == 75);
  CHECK(second.errors.find("state") != std::string::npos);
  home.drop("a.txt", sample_text(1));
  CHECK(eventually([&] { return home.done().size() == 1; }));
}

TEST_CASE("SIGHUP takes a new configuration up without dropping consumers") {
  NewsdHome home;
  home.configure(home.unix_output());
  const auto newsd = home.start();
  Consumer consumer(home.socket());
  const auto second = home.path() / "in2";
  std::filesystem::create_directory(second);
  home.configure(home.unix_output() + "[[drop]]\npath = \"" + second.string() + "\"\n");
  newsd->signal(SIGHUP);
  REQUIRE(eventually([&] { return times_heard(home, "READY=1") == 2; }));
  CHECK(times_heard(home, "RELOADING=1") == 1);
  std::ofstream(second / ".a.part") << sample_text(1);
  std::filesystem::rename(second / ".a.part", second / "a.txt");
  const auto& lines = consumer.read_lines(3);
  REQUIRE(lines.size() == 3);
  CHECK(attribute(lines[0], "type") == "newsd.daemon.reloaded");
  CHECK(attribute(lines[1], "type") == "newsd.article.new");
}

TEST_CASE("SIGHUP takes a changed lexicon up, one with a mistake leaves the old one in force") {
  NewsdHome home;
  const auto lexicon = home.path() / "lexicon";
  std::filesystem::create_directory(lexicon);
  home.configure(home.unix_output());
  const std::string config = file_content(home.config());
  std::ofstream(home.config()) << "lexicon_dir = \"lexicon\"\n" << config;
  const auto write = [&](const std::string& rows) { std::ofstream(lexicon / "organisations.desk.tsv") << rows; };
  write("# none yet\n");
  const auto newsd = home.start();
  Consumer consumer(home.socket());

  write("=harbourworks\tHBW\tBUS\n");
  newsd->signal(SIGHUP);
  REQUIRE(eventually([&] { return times_heard(home, "READY=1") == 2; }));
  write("=harbourworks\n");
  newsd->signal(SIGHUP);
  REQUIRE(eventually([&] { return times_heard(home, "READY=1") == 3; }));
  home.drop("a.txt", "The ferry has a new owner\n\nThe ferry was sold to harbourworks on Monday.\n");

  const auto& lines = consumer.read_lines(2);
  REQUIRE(lines.size() >= 2);
  CHECK(attribute(lines[0], "type") == "newsd.daemon.reloaded");
  CHECK(lines[0].find("\"lexicon_dir\"") != std::string::npos);
  CHECK(attribute(lines[1], "type") == "newsd.article.new");
  CHECK(lines[1].find("\"name\":\"harbourworks\"") != std::string::npos);
}

TEST_CASE("a broken configuration on SIGHUP changes nothing, at start it exits 78 and names every error") {
  NewsdHome home;
  home.configure(home.unix_output());
  const auto newsd = home.start();
  std::ofstream(home.config(), std::ios::app) << "\n[journal]\nretian = \"1d\"\ncommit_window = \"soon\"\n";
  newsd->signal(SIGHUP);
  REQUIRE(eventually([&] { return times_heard(home, "READY=1") == 2; }));
  home.drop("a.txt", sample_text(1));
  CHECK(eventually([&] { return home.done().size() == 1; }));
  const Ran fresh = home.run({"run", "-c", home.config().string()});
  CHECK(fresh.status == 78);
  CHECK(fresh.errors.find("retian") != std::string::npos);
  CHECK(fresh.errors.find("retain") != std::string::npos);
  CHECK(fresh.errors.find("commit_window") != std::string::npos);
}

TEST_CASE("SIGUSR1 reopens a file output that was moved away, and no line is missing") {
  NewsdHome home;
  home.configure(home.file_output());
  const auto newsd = home.start();
  home.drop("a.txt", sample_text(1));
  REQUIRE(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 1; }));
  const auto moved = home.path() / "events.old";
  std::filesystem::rename(home.file(), moved);
  newsd->signal(SIGUSR1);
  REQUIRE(eventually([&] { return std::filesystem::exists(home.file()); }));
  home.drop("b.txt", sample_text(2));
  REQUIRE(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 1; }));
  newsd->signal(SIGTERM);
  REQUIRE(newsd->wait() == 0);
  auto all = lines_of(file_content(moved));
  for (std::string& line : lines_of(file_content(home.file()))) all.push_back(std::move(line));
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(sequence_of(all[i]) == i + 1);
}

TEST_CASE("a stdout whose reader is gone ends newsd quietly") {
  NewsdHome home;
  home.drop("a.txt", sample_text(1));
  Process::Options options;
  options.closed_stdout = {1};
  const Ran ran = run_to_end(newsd_program(), {"run", "--once", "-c", home.config().string()}, options);
  CHECK(ran.status == 0);
}

TEST_CASE("SIGTERM in the middle of work commits what was taken and leaves the rest in place") {
  NewsdHome home;
  home.configure(home.file_output());
  for (int n = 0; n < 400; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  const auto newsd = home.start();
  newsd->signal(SIGTERM);
  REQUIRE(newsd->wait() == 0);
  const std::size_t announced = count_type(lines_of(file_content(home.file())), "newsd.article.new");
  CHECK(announced == home.done().size());
  CHECK(announced + home.waiting().size() == 400);
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  CHECK(count_type(lines_of(file_content(home.file())), "newsd.article.new") == 400);
}

}  // namespace newsd
