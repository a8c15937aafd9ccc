#include "daemon/app/exit_status.h"
#include "daemon/app/feed_polling.h"
#include "daemon/app/preparation.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/config/secret_file.h"
#include "daemon/journal/journal.h"
#include "daemon/stream/tls.h"
#include "feeds/http/webhook_signature.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace newsd {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string config;
  bool show = false, offline = false;
};

/// Looks at the machine as `newsd run` would find it, as the user who asks. Says everything that is wrong; the status
/// is that of the first.
class MachineCheck {
 public:
  MachineCheck(const Config& config, Console& console) : config_(config), console_(console) {}

  int run() {
    folder("state_dir", config_.state_dir, MayMake::Yes);
    for (const auto& drop : config_.drops) folder("[[drop]] path", drop.path, MayMake::Yes);
    for (const auto& output : config_.outputs) this->output(output);
    secret("http.token_file", config_.http.token_file);
    certificate("http.certificate", config_.http.certificate, config_.http.key);
    if (const auto made = make_preparation(config_); !made) fail(kExitConfig, made.error().message());
    journal();
    return status_;
  }

 private:
  enum class MayMake { No, Yes };

  void fail(int status, std::string_view words) {
    console_.say(words);
    if (status_ == kExitOk) status_ = status;
  }

  static bool writable(const fs::path& folder) { return ::access(folder.c_str(), W_OK | X_OK) == 0; }

  /// A directory that is there and writable, or, where newsd makes it, could be made.
  void folder(std::string_view key, const fs::path& path, MayMake may_make) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) == 0) {
      if (!S_ISDIR(facts.st_mode))
        fail(kExitCannotCreate, fmt::format("{}: {} is no directory", key, path.string()));
      else if (!writable(path))
        fail(kExitPermission, fmt::format("{}: {} may not be written to by this user", key, path.string()));
      return;
    }
    if (errno == EACCES)
      return fail(kExitPermission, fmt::format("{}: {} may not be looked into by this user", key, path.string()));
    if (may_make == MayMake::No) return fail(kExitCannotCreate, fmt::format("{}: {} is not there", key, path.string()));
    fs::path above = path.parent_path();
    std::error_code error;
    while (above.has_relative_path() && !fs::exists(above, error)) above = above.parent_path();
    if (!writable(above))
      fail(kExitCannotCreate,
           fmt::format("{}: {} is not there and cannot be made in {}", key, path.string(), above.string()));
  }

  /// One that is named must be there for whoever needs it.
  void secret(std::string_view key, const fs::path& file) {
    if (file.empty()) return;
    const auto read = read_secret(file);
    if (!read) return fail(kExitConfig, fmt::format("{}: {}", key, read.error().message()));
    if (!webhook_key(*read))
      fail(kExitConfig, fmt::format("{}: {}: what follows whsec_ is no base64", key, file.string()));
  }

  void certificate(std::string_view name, const fs::path& certificate, const fs::path& key) {
    if (certificate.empty()) return;
    if (const auto usable = server_tls(certificate, key); !usable)
      fail(kExitConfig, fmt::format("{}: {}", name, usable.error().message()));
  }

  void output(const OutputConfig& output) {
    secret("[[output]] token_file", output.token_file);
    secret("[[output]] secret_file", output.secret_file);
    certificate("[[output]] certificate", output.certificate, output.key);
    if (!output.credentials_file.empty()) {
      if (const auto read = authorization_of(output.credentials_file); !read)
        fail(kExitConfig, fmt::format("[[output]] credentials_file: {}", read.error().message()));
    }
    if (output.path.empty()) return;  // stdout, or something on the network
    struct stat facts {};
    const bool exists = ::lstat(output.path.c_str(), &facts) == 0;
    if (output.kind == OutputConfig::Kind::Unix) {
      if (exists && !S_ISSOCK(facts.st_mode))
        fail(kExitCannotCreate, fmt::format("[[output]] path: {} is there and is no socket", output.path.string()));
      if (exists) return;  // also when the service manager made it, in a directory that newsd may not write to
    } else if (exists && ::access(output.path.c_str(), W_OK) != 0) {
      return fail(kExitPermission,
                  fmt::format("[[output]] path: {} may not be written to by this user", output.path.string()));
    }
    folder("the directory of [[output]] path", output.path.parent_path(), MayMake::No);
  }

  /// One that is there must be readable and of a schema this newsd knows; a first start has none.
  void journal() {
    std::error_code error;
    if (!fs::exists(config_.state_dir / "journal.db", error)) return;
    const auto reader = JournalReader::open(config_.state_dir);
    if (!reader) fail(exit_status_of(reader.error()), reader.error().message());
  }

  const Config& config_;
  Console& console_;
  int status_ = kExitOk;
};

std::string names_of(const std::vector<fs::path>& files) {
  std::string names;
  for (const auto& file : files) names += (names.empty() ? "" : ", ") + file.string();
  return names.empty() ? "the built-in defaults" : names;
}

int check(const Arguments& arguments, Console& console) {
  const auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return kExitConfig;
  if (arguments.show) console.out().write(show_config(*config));
  const int status = arguments.offline ? static_cast<int>(kExitOk) : MachineCheck(*config, console).run();
  if (status == kExitOk) console.say(fmt::format("in order: {}", names_of(config->files)));
  return status;
}

}  // namespace

Command check_command() {
  auto a = std::make_shared<Arguments>();
  Command command{.name = "check",
                  .brief = "whether the configuration and the machine are in order",
                  .about =
                      "Reads the configuration and says everything that is wrong with it at once, each fault with "
                      "file, line and column. Then looks at the "
                      "machine: directories and permissions, topic rules, the journal. Changes nothing; a running "
                      "daemon is not disturbed.",
                  .options = {{"-c,--config",
                               "FILE",
                               "the configuration; default: /etc/newsd/newsd.toml, a user's own first",
                               &a->config,
                               {},
                               Option::Completes::Files},
                              {"--show", "", "print every key with its value as TOML", &a->show},
                              {"--offline", "", "look at the configuration only, not at the machine", &a->offline}},
                  .examples = {{"newsd check", "before a reload or a restart"},
                               {"newsd check -c newsd.toml --show", "what newsd would run with, defaults included"},
                               {"newsd check --offline -c site.toml", "a configuration for another machine"}},
                  .more = "man newsd, EXIT STATUS; /etc/newsd/newsd.toml shows every key"};
  command.run = [a](Console& console) { return check(*a, console); };
  return command;
}

}  // namespace newsd
