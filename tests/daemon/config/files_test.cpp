// Files, conf.d, permissions and what the command line puts in their place.
#include "daemon/config/overrides.h"
#include "tests/support/temporary_directory.h"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <fstream>

using namespace newsd;
namespace fs = std::filesystem;

namespace {

class Folder : public TemporaryDirectory {
 public:
  fs::path write(const fs::path& name, std::string_view text) const {
    const auto file = path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0644);
    return file;
  }
};

}  // namespace

TEST_CASE("conf.d is read after the file in the order of names: keys win, arrays of tables add up") {
  const Folder folder;
  const auto file =
      folder.write("newsd.toml", "instance = \"a\"\n[journal]\nretain = \"1d\"\n[[drop]]\npath = \"in\"\n");
  folder.write("conf.d/20-late.toml", "instance = \"c\"\n");
  folder.write("conf.d/10-early.toml", "instance = \"b\"\n[[drop]]\npath = \"in\"\n");
  folder.write("conf.d/.hidden.toml", "instance = 5\n");
  folder.write("conf.d/note.txt", "no toml\n");
  const auto loaded = load_config(file);
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  CHECK(loaded.errors.empty());
  CHECK(loaded.config.instance == "c");
  CHECK(loaded.config.journal.retain == std::chrono::days(1));
  REQUIRE(loaded.config.drops.size() == 2);
  CHECK(loaded.config.drops[0].path == folder.path() / "in");
  CHECK(loaded.config.drops[1].path == folder.path() / "conf.d/in");  // relative to the file that holds it
  CHECK(loaded.config.files.size() == 3);
}

TEST_CASE("a syntax error stops its own file only") {
  const Folder folder;
  const auto file = folder.write("newsd.toml", "instance = \n");
  folder.write("conf.d/a.toml", "instnce = \"x\"\n");
  const auto loaded = load_config(file);
  REQUIRE(loaded.errors.size() == 2);
  CHECK(loaded.errors[0].is(ConfigError::Syntax));
  CHECK(loaded.errors[1].is(ConfigError::UnknownKey));
  CHECK(loaded.errors[1].where == (folder.path() / "conf.d/a.toml:1:1").string());
}

TEST_CASE("a file that is not there, a folder or a huge file is an error that names it") {
  const Folder folder;
  const auto huge = folder.write("huge.toml", std::string((1 << 20) + 1, '#'));
  for (const auto& file : {folder.path() / "none.toml", folder.path(), huge}) {
    const auto loaded = load_config(file);
    REQUIRE(loaded.errors.size() == 1);
    CHECK(loaded.errors[0].is(ConfigError::Unreadable));
    CHECK(loaded.errors[0].where == file.string());
  }
}

TEST_CASE("a file that everybody may write to is warned of") {
  const Folder folder;
  const auto file = folder.write("newsd.toml", "");
  CHECK(load_config(file).warnings.empty());
  ::chmod(file.c_str(), 0666);
  REQUIRE(load_config(file).warnings.size() == 1);
  CHECK(load_config(file).warnings[0].find(file.string()) == 0);
}

TEST_CASE("no file at all is the defaults, with stdout as the output") {
  Overrides overrides;
  overrides.stdout_format = "text";
  const auto loaded = load_config({}, overrides);
  CHECK(loaded.errors.empty());
  REQUIRE(loaded.config.outputs.size() == 1);
  CHECK(loaded.config.outputs[0].kind == OutputConfig::Kind::Stdout);
  CHECK(loaded.config.outputs[0].format == "text");
}

TEST_CASE("the command line takes the configuration's place") {
  const Folder folder;
  const auto file = folder.write("newsd.toml", "[[drop]]\npath = \"in\"\n[[output]]\nkind = \"unix\"\npath = \"s\"\n");
  Overrides overrides;
  overrides.drops = {folder.path() / "trial/"};
  overrides.input_format = Format::Text;
  overrides.format = "flat";
  overrides.workers = 3;
  overrides.state_dir = folder.path() / "state";
  const auto loaded = load_config(file, overrides);
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  REQUIRE(loaded.errors.empty());
  const auto& c = loaded.config;
  REQUIRE(c.drops.size() == 1);
  CHECK(c.drops[0].path == folder.path() / "trial");
  CHECK(c.drops[0].format == Format::Text);
  CHECK(c.state_dir == folder.path() / "state");
  CHECK(c.pipeline.workers == 3);
  REQUIRE(c.outputs.size() == 2);  // the socket stays, stdout is added because a format was asked for
  CHECK(c.outputs[1].kind == OutputConfig::Kind::Stdout);
  CHECK(c.outputs[1].format == "flat");
}

TEST_CASE("conflicts that options bring are told with the option") {
  const Folder folder;
  Overrides overrides;
  overrides.drops = {folder.path() / "in", folder.path() / "in"};
  const auto loaded = load_config({}, overrides);
  REQUIRE(loaded.errors.size() == 1);
  CHECK(loaded.errors[0].is(ConfigError::Conflict));
  CHECK(loaded.errors[0].where == "--drop");
}
