#include "daemon/config/conflicts.h"

#include "daemon/config/listen_address.h"

#include <fmt/format.h>
#include <sys/un.h>

#include <algorithm>
#include <map>

namespace newsd {
namespace {

std::string_view kind_name(OutputConfig::Kind kind) {
  switch (kind) {
    case OutputConfig::Kind::Stdout: return "stdout";
    case OutputConfig::Kind::File: return "file";
    case OutputConfig::Kind::Unix: return "unix";
    case OutputConfig::Kind::Tcp: return "tcp";
    case OutputConfig::Kind::Webhook: return "webhook";
  }
  return "";
}

/// Without the path, which may hold what only the receiver should know.
std::string server_of(const std::string& url) {
  const auto authority = url.find("//");
  return authority == std::string::npos ? url : url.substr(0, url.find_first_of("/?#", authority + 2));
}

bool lies_in(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  const auto [o, i] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return o == outer.end() && i != inner.end();
}

class Check {
 public:
  Check(const Config& config, const ConfigPlaces& places) : config_(config), places_(places) {}

  std::vector<Error> run() {
    for (std::size_t i = 0; i < config_.drops.size(); ++i) drop(i);
    for (std::size_t i = 0; i < config_.feeds.size(); ++i) feed(i);
    for (std::size_t i = 0; i < config_.outputs.size(); ++i) output(i);
    for (std::size_t i = 0; i < config_.rules.size(); ++i) {
      const auto [at, is_new] = rule_ids_.try_emplace(config_.rules[i].id, places_.rules[i]);
      if (!is_new)
        fail(ConfigError::Conflict, places_.rules[i],
             fmt::format("[[rule]] id \"{}\" is taken by the one at {}", at->first, at->second));
    }
    http();
    if (!config_.websub.public_url.empty() && config_.http.listen.empty())
      fail(ConfigError::Missing, places_.websub_url,
           "websub.public_url is set and nothing would listen there: [http] needs listen");
    return std::move(errors_);
  }

 private:
  struct Seen {
    std::string what, where;
  };

  void fail(ConfigError e, const std::string& where, std::string text) {
    errors_.emplace_back(e, std::move(text), where);
  }

  /// One path, one use: remembers `path` as `what`, or says that it is taken.
  void claim(const std::filesystem::path& path, std::string what, const std::string& where) {
    const auto [at, is_new] = paths_.try_emplace(path.string(), Seen{what, where});
    if (!is_new) {
      fail(ConfigError::Conflict, where,
           fmt::format("{} is \"{}\", which {} at {} uses already", what, path.string(), at->second.what,
                       at->second.where));
    }
  }

  void name(std::map<std::string, std::string>& seen, const std::string& name, std::string_view section,
            const std::string& where) {
    const auto [at, is_new] = seen.try_emplace(name, where);
    if (!is_new) {
      fail(ConfigError::Conflict, where,
           fmt::format("{} name \"{}\" is taken by the one at {}", section, name, at->second));
    }
  }

  void drop(std::size_t i) {
    const auto& path = config_.drops[i].path;
    const auto& where = places_.drops[i];
    if (path.empty()) return;  // said already
    const auto before = errors_.size();
    claim(path, "[[drop]] path", where);
    if (errors_.size() != before) return;
    paths_.try_emplace((path / "done").string(), Seen{"the done/ of [[drop]]", where});
    paths_.try_emplace((path / "failed").string(), Seen{"the failed/ of [[drop]]", where});
    name(drop_names_, config_.drops[i].name, "[[drop]]", where);
    if (config_.state_dir == path || lies_in(config_.state_dir, path)) {
      fail(ConfigError::Conflict, where,
           fmt::format("[[drop]] path \"{}\" holds state_dir \"{}\": the journal would be taken for news",
                       path.string(), config_.state_dir.string()));
    }
  }

  void feed(std::size_t i) {
    const auto& feed = config_.feeds[i];
    const auto& where = places_.feeds[i];
    const auto [at, is_new] = feed_urls_.try_emplace(feed.url, where);
    if (!is_new) {
      fail(ConfigError::Conflict, where,
           fmt::format("[[feed]] url \"{}\" is subscribed to at {} already", feed.url, at->second));
      return;
    }
    if (!feed.name.empty()) name(feed_names_, feed.name, "[[feed]]", where);
  }

  void output(std::size_t i) {
    const auto& output = config_.outputs[i];
    const auto& where = places_.outputs[i];
    name(output_names_, output.name, "[[output]]", where);
    if (output.kind != OutputConfig::Kind::Webhook && !output.url.empty()) {
      fail(ConfigError::Conflict, where, fmt::format("[[output]] of kind \"{}\" takes no url", kind_name(output.kind)));
    }
    if (output.certificate.empty() != output.key.empty())
      fail(ConfigError::Missing, where, "[[output]] certificate and key come together");
    if (output.kind != OutputConfig::Kind::Tcp && !output.certificate.empty()) {
      fail(ConfigError::Conflict, where,
           fmt::format("[[output]] of kind \"{}\" takes no certificate", kind_name(output.kind)));
    }
    if (output.kind == OutputConfig::Kind::Stdout) {
      if (!output.path.empty()) fail(ConfigError::Conflict, where, "[[output]] of kind \"stdout\" takes no path");
      claim("/dev/stdout", "[[output]] stdout", where);
      return;
    }
    if (output.kind == OutputConfig::Kind::Tcp) return tcp(output, where);
    if (output.kind == OutputConfig::Kind::Webhook) return webhook(output, where);
    if (output.path.empty()) {
      fail(ConfigError::Missing, where, fmt::format("[[output]] of kind \"{}\" needs a path", kind_name(output.kind)));
      return;
    }
    claim(output.path, "[[output]] path", where);
    if (output.kind == OutputConfig::Kind::Unix && output.path.string().size() >= sizeof(sockaddr_un::sun_path)) {
      fail(ConfigError::OutOfRange, where,
           fmt::format("[[output]] path of a socket may have {} bytes; it has {}", sizeof(sockaddr_un::sun_path) - 1,
                       output.path.string().size()));
    }
    for (const auto& drop : config_.drops) {
      if (drop.path == output.path.parent_path()) {
        fail(ConfigError::Conflict, where,
             fmt::format("[[output]] path lies in the drop directory \"{}\": events would be taken for news",
                         drop.path.string()));
      }
    }
  }

  void tcp(const OutputConfig& output, const std::string& where) {
    if (!output.path.empty()) fail(ConfigError::Conflict, where, "[[output]] of kind \"tcp\" takes no path but listen");
    const auto address = parse_listen_address(output.listen);
    if (!address) {
      if (output.listen.empty()) fail(ConfigError::Missing, where, "[[output]] of kind \"tcp\" needs listen");
      return;  // what is no address was refused already
    }
    if (!address->is_loopback && output.token_file.empty()) {
      fail(
          ConfigError::Missing, where,
          fmt::format("[[output]] at \"{}\" can be reached from other machines: it needs a token_file", output.listen));
    }
    if (address->port != 0) claim(output.listen, "[[output]] listen", where);
  }

  void webhook(const OutputConfig& output, const std::string& where) {
    if (!output.path.empty())
      fail(ConfigError::Conflict, where, "[[output]] of kind \"webhook\" takes no path but a url");
    if (output.url.empty()) fail(ConfigError::Missing, where, "[[output]] of kind \"webhook\" needs a url");
    if (output.retry_first > output.retry_most)
      fail(ConfigError::Conflict, where, "[[output]] retry_first is longer than retry_most");
  }

  void http() {
    const std::string& listen = config_.http.listen;
    const std::string& where = places_.http_listen;
    if (config_.http.certificate.empty() != config_.http.key.empty())
      fail(ConfigError::Missing, where, "[http] certificate and key come together");
    if (listen.starts_with(kUnixPrefix) && !config_.http.certificate.empty())
      fail(ConfigError::Conflict, where, "http.listen is a unix socket: it takes no certificate");
    if (listen.starts_with(kUnixPrefix)) return claim(listen.substr(kUnixPrefix.size()), "http.listen", where);
    const auto address = parse_listen_address(listen);
    if (!address) return;  // empty, or refused already
    if (!address->is_loopback && config_.http.token_file.empty()) {
      fail(ConfigError::Missing, where,
           fmt::format("http.listen \"{}\" can be reached from other machines: [http] needs a token_file", listen));
    }
    if (address->port != 0) claim(listen, "http.listen", where);
  }

  const Config& config_;
  const ConfigPlaces& places_;
  std::vector<Error> errors_;
  std::map<std::string, Seen> paths_;
  std::map<std::string, std::string> drop_names_, feed_names_, feed_urls_, output_names_, rule_ids_;
};

}  // namespace

void fill_names(Config& config) {
  for (auto& drop : config.drops) {
    if (drop.name.empty()) drop.name = drop.path.string();
  }
  for (auto& output : config.outputs) {
    if (!output.name.empty()) continue;
    output.name = kind_name(output.kind);
    if (output.kind == OutputConfig::Kind::Tcp)
      output.name += ":" + output.listen;
    else if (output.kind == OutputConfig::Kind::Webhook)
      output.name += ":" + server_of(output.url);
    else if (output.kind != OutputConfig::Kind::Stdout)
      output.name += ":" + output.path.string();
  }
}

std::vector<Error> conflicts_of(const Config& config, const ConfigPlaces& places) {
  return Check(config, places).run();
}

}  // namespace newsd
