#include "feeds/source/quarantine.h"

#include "feeds/source/drop_claim.h"
#include "feeds/source/drop_release.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

namespace newsd {
namespace {

/// A drop directory whose files newsd itself puts into quarantine.
struct Drop {
  TemporaryDirectory folder;
  Quarantine quarantine{folder.path()};

  std::filesystem::path failed(const std::string& name) const { return folder.path() / "failed" / name; }
  void refuse(const std::string& name, const std::string& code = "binary") const {
    std::ofstream(folder.path() / name) << "bytes of " << name;
    const UniqueFd directory(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
    const Outcome outcome{Outcome::Fate::Quarantined, R"({"reason":{"code":")" + code + R"("},"origin":{"uri":")" +
                                                          file_uri((folder.path() / name).string()) + "\"}}"};
    const auto stamp = look_at(directory.get(), name);
    REQUIRE(release_file(directory.get(), name, *stamp, outcome, WhenDone::Move).kind == Release::Kind::LetGo);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Quarantined& file : quarantine.list().value()) all.push_back(file.name);
    return all;
  }
};

}  // namespace

TEST_CASE("what failed is listed with its reason, oldest first") {
  const Drop drop;
  CHECK(drop.quarantine.list().value().empty());
  drop.refuse("b.txt", "empty");
  drop.refuse("a.txt");
  const auto files = drop.quarantine.list().value();
  REQUIRE(files.size() == 2);
  CHECK(files[0].since <= files[1].since);
  for (const Quarantined& file : files) {
    CHECK(file.bytes == 14);
    CHECK(file.reason.find(file.name == "b.txt" ? "\"empty\"" : "\"binary\"") != std::string::npos);
    CHECK(file.reason.back() == '}');
  }
}

TEST_CASE("the latest are listed latest first, with their reasons, and how many there are") {
  const Drop drop;
  CHECK(drop.quarantine.latest(2).value().total == 0);
  for (const char* name : {"a.txt", "b.txt", "c.txt"}) drop.refuse(name, name[0] == 'a' ? "empty" : "binary");
  const auto all = drop.quarantine.list().value();
  const auto latest = drop.quarantine.latest(2).value();
  CHECK(latest.total == 3);
  REQUIRE(latest.files.size() == 2);
  CHECK(latest.files[0] == all[2]);
  CHECK(latest.files[1] == all[1]);
  CHECK(drop.quarantine.latest(9).value().files.size() == 3);
}

TEST_CASE("a file that is put back leaves its reason behind, and takes no other's name") {
  const Drop drop;
  drop.refuse("a.txt");
  CHECK(drop.quarantine.put_back("a.txt").value() == "a.txt");
  CHECK(std::filesystem::exists(drop.folder / "a.txt"));
  CHECK(std::filesystem::is_empty(drop.folder / "failed"));

  drop.refuse("b.txt");
  std::ofstream(drop.folder / "b.txt") << "another";
  CHECK(drop.quarantine.put_back("b.txt").value() == "b.1.txt");
  CHECK(std::filesystem::file_size(drop.folder / "b.txt") == 7);
  CHECK(std::filesystem::is_empty(drop.folder / "failed"));
}

TEST_CASE("a file is deleted with its reason, and no other file") {
  const Drop drop;
  drop.refuse("a.txt");
  drop.refuse("b.txt");
  REQUIRE(drop.quarantine.remove("a.txt").has_value());
  CHECK(drop.names() == std::vector<std::string>{"b.txt"});
  CHECK_FALSE(std::filesystem::exists(drop.failed("a.txt.reason.json")));
  CHECK(std::filesystem::exists(drop.failed("b.txt.reason.json")));
}

TEST_CASE("names that are not there, lead elsewhere or are reasons are none of the quarantine's") {
  const Drop drop;
  CHECK(drop.quarantine.put_back("a.txt").error().is(QuarantineError::NotThere));
  drop.refuse("a.txt");
  std::ofstream(drop.folder / "outside") << "x";
  for (const std::string name : {"", ".", "..", "../outside", "a.txt.reason.json", "b.txt", ".hidden"}) {
    CAPTURE(name);
    CHECK(drop.quarantine.put_back(name).error().is(QuarantineError::NotThere));
    CHECK(drop.quarantine.remove(name).error().is(QuarantineError::NotThere));
  }
  CHECK(std::filesystem::exists(drop.folder / "outside"));
  CHECK(drop.names() == std::vector<std::string>{"a.txt"});
}

TEST_CASE("FIFOs, links and reasons that are none are looked at and not opened") {
  const Drop drop;
  std::filesystem::create_directory(drop.folder / "failed");
  REQUIRE(::mkfifo(drop.failed("pipe").c_str(), 0600) == 0);
  REQUIRE(::mkfifo(drop.failed("pipe.reason.json").c_str(), 0600) == 0);
  std::ofstream(drop.folder / "secret") << "{\"reason\":{\"code\":\"secret\"}}";
  std::filesystem::create_symlink(drop.folder / "secret", drop.failed("link"));
  std::filesystem::create_symlink(drop.folder / "secret", drop.failed("link.reason.json"));
  std::ofstream(drop.failed("long")) << "x";
  std::ofstream(drop.failed("long.reason.json")) << std::string(Quarantine::kLongestReason + 1, 'x');
  const auto files = drop.quarantine.list().value();
  REQUIRE(files.size() == 3);
  for (const Quarantined& file : files) CHECK(file.reason.empty());
  CHECK(drop.quarantine.remove("pipe").has_value());
  CHECK(std::filesystem::exists(drop.folder / "secret"));
}

TEST_CASE("of long names alike none is told another's reason") {
  const Drop drop;
  const std::string one = std::string(248, 'x') + "1", two = std::string(248, 'x') + "2";
  drop.refuse(one, "first");
  drop.refuse(two, "second");
  const auto files = drop.quarantine.list().value();
  REQUIRE(files.size() == 2);
  for (const Quarantined& file : files) {
    if (file.reason.empty()) continue;
    CHECK((file.name == one) == (file.reason.find("\"first\"") != std::string::npos));
  }
  REQUIRE(drop.quarantine.remove(files[1].name).has_value());
  CHECK(drop.quarantine.list().value().at(0).reason == files[0].reason);
}

TEST_CASE("a failed/ that is a link is not followed") {
  const Drop drop;
  TemporaryDirectory elsewhere;
  std::ofstream(elsewhere / "a.txt") << "x";
  std::filesystem::create_directory_symlink(elsewhere.path(), drop.folder / "failed");
  CHECK_FALSE(drop.quarantine.list().has_value());
  CHECK_FALSE(drop.quarantine.remove("a.txt").has_value());
  CHECK(std::filesystem::exists(elsewhere / "a.txt"));
}

}  // namespace newsd
