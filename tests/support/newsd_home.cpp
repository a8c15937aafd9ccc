#include "tests/support/newsd_home.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace newsd {
namespace {

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof address.sun_path) throw std::runtime_error("socket path too long: " + name);
  std::copy(name.begin(), name.end(), address.sun_path);
  return address;
}

std::vector<std::string> names_in(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  std::error_code ignored;  // not there yet: nothing in it
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') && !entry.is_directory()) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

NewsdHome::NewsdHome() {
  std::filesystem::create_directories(inbox());
  configure();
}

void NewsdHome::configure(const std::string& more, const std::string& drop_more) {
  std::ofstream out(config());
  out << fmt::format("state_dir = \"{}\"\n{}\n[[drop]]\npath = \"{}\"\nname = \"inbox\"\n{}\n",
                     (path() / "state").string(), "", inbox().string(), drop_more)
      << more << "\n";
}

std::string NewsdHome::unix_output() const {
  return fmt::format("[[output]]\nkind = \"unix\"\npath = \"{}\"\n", socket().string());
}

std::string NewsdHome::file_output() const {
  return fmt::format("[[output]]\nkind = \"file\"\npath = \"{}\"\n", file().string());
}

void NewsdHome::drop(const std::string& name, const std::string& bytes) const {
  const auto part = inbox() / ("." + name.substr(0, 200) + ".part");
  std::ofstream(part, std::ios::binary) << bytes;
  std::filesystem::rename(part, inbox() / name);
}

std::unique_ptr<Process> NewsdHome::start(std::map<std::string, std::string> environment) {
  const auto notify = path() / "notify";
  if (notify_fd_ >= 0) close(notify_fd_);
  std::filesystem::remove(notify);
  heard_.clear();
  notify_fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const sockaddr_un address = address_of(notify);
  REQUIRE(bind(notify_fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);

  Process::Options options;
  options.environment = std::move(environment);
  options.environment["NOTIFY_SOCKET"] = notify.string();
  auto process = std::make_unique<Process>(newsd_program(), std::vector<std::string>{"run", "-c", config().string()},
                                           std::move(options));
  const bool ready = eventually([&] {
    const auto heard = notified();
    return std::find(heard.begin(), heard.end(), "READY=1") != heard.end() || !process->running();
  });
  INFO(process->errors());
  REQUIRE(ready);
  REQUIRE(process->running());
  return process;
}

std::vector<std::string> NewsdHome::notified() {
  char buffer[8192];
  for (ssize_t n; (n = recv(notify_fd_, buffer, sizeof buffer, 0)) > 0;) {
    for (std::string& line : lines_of(std::string(buffer, static_cast<std::size_t>(n)) + "\n")) {
      heard_.push_back(std::move(line));
    }
  }
  return heard_;
}

Ran NewsdHome::run(std::vector<std::string> arguments) const { return run_to_end(newsd_program(), arguments); }

std::vector<std::string> NewsdHome::waiting() const { return names_in(inbox()); }
std::vector<std::string> NewsdHome::done() const { return names_in(inbox() / "done"); }
std::vector<std::string> NewsdHome::failed() const { return names_in(inbox() / "failed"); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
  }
  return lines;
}

std::string file_content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string attribute(const std::string& line, const std::string& name) {
  const std::string key = "\"" + name + "\":\"";
  const std::size_t at = line.find(key);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + key.size();
  return line.substr(begin, line.find('"', begin) - begin);
}

std::uint64_t sequence_of(const std::string& line) {
  const std::string text = attribute(line, "sequence");
  return text.empty() ? 0 : std::stoull(text);
}

std::size_t count_type(const std::vector<std::string>& lines, const std::string& type) {
  return static_cast<std::size_t>(std::count_if(
      lines.begin(), lines.end(), [&](const std::string& line) { return attribute(line, "type") == type; }));
}

Consumer::Consumer(const std::filesystem::path& socket, const std::string& request) {
  fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(socket);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to " + socket.string());
  }
  if (!request.empty()) {
    const std::string line = request + "\n";
    if (send(fd_, line.data(), line.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("cannot ask");
  }
}

Consumer::~Consumer() { close(fd_); }

const std::vector<std::string>& Consumer::read_lines(std::size_t n, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  char buffer[65536];
  while (lines_.size() < n && !ended_) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waits{fd_, POLLIN, 0};
    if (left.count() <= 0 || poll(&waits, 1, static_cast<int>(left.count())) <= 0) break;
    const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
    if (got <= 0) {
      ended_ = true;
      break;
    }
    rest_.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end; (end = rest_.find('\n')) != std::string::npos; rest_.erase(0, end + 1)) {
      lines_.push_back(rest_.substr(0, end));
    }
  }
  return lines_;
}

}  // namespace newsd
