#include "daemon/cli/ask_daemon.h"

#include "daemon/cli/daemon_channel.h"
#include "daemon/config/listen_address.h"
#include "daemon/config/secret_file.h"
#include "daemon/event/json_walk.h"
#include "feeds/source/unique_fd.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace newsd {
namespace {

constexpr std::size_t kMostBytes = 16 << 20;  // no answer of ours comes near
constexpr timeval kPatience{5, 0};

Error error_of(int error, const std::string& where) {
  if (error == EACCES || error == EPERM)
    return Error(AskError::Permission, "the daemon's socket may not be used by this user", where);
  if (error == ENOENT || error == ECONNREFUSED) return Error(AskError::NoDaemon, "no daemon answers HTTP here", where);
  return Error(AskError::Broken, fmt::format("no connection to the daemon: {}", std::strerror(error)), where);
}

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

Address address_of(const std::string& listen) {
  Address address;
  if (listen.starts_with(kUnixPrefix)) {
    auto& unix_address = reinterpret_cast<sockaddr_un&>(address.bytes);
    unix_address.sun_family = AF_UNIX;
    const std::string path = listen.substr(kUnixPrefix.size());
    path.copy(unix_address.sun_path, sizeof unix_address.sun_path - 1);
    address.size = sizeof unix_address;
    return address;
  }
  const ListenAddress where = parse_listen_address(listen).value_or(ListenAddress{});
  if (where.is_v6) {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address.bytes);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(where.port);
    inet_pton(AF_INET6, where.host.c_str(), &v6.sin6_addr);
    address.size = sizeof v6;
  } else {
    auto& v4 = reinterpret_cast<sockaddr_in&>(address.bytes);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(where.port);
    inet_pton(AF_INET, where.host.c_str(), &v4.sin_addr);
    address.size = sizeof v4;
  }
  return address;
}

Result<UniqueFd> connected_to(const std::string& listen) {
  const Address address = address_of(listen);
  UniqueFd fd(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return error_of(errno, listen);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size) != 0)
    return error_of(errno, listen);
  return fd;
}

Result<std::string> exchanged(DaemonChannel channel, std::string_view request, const std::string& where) {
  if (Result<void> sent = channel.send(request); !sent) return sent.error();
  std::string answer;
  std::array<char, 16384> block{};
  for (;;) {
    const Result<std::size_t> n = channel.receive(block);
    if (!n) return n.error();
    if (*n == 0) return answer;
    answer.append(block.data(), *n);
    if (answer.size() > kMostBytes) return Error(AskError::Broken, "what comes is no answer of newsd", where);
  }
}

}  // namespace

std::string_view code_of(AskError e) {
  switch (e) {
    case AskError::NoDaemon: return "no-daemon";
    case AskError::Permission: return "permission";
    case AskError::NotFound: return "not-found";
    case AskError::Refused: return "refused";
    case AskError::Broken: return "broken";
  }
  return "broken";
}

Result<std::string> ask_daemon(const HttpConfig& config, const Question& question) {
  std::string request =
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", question.method, question.path);
  if (!question.body.empty()) request += fmt::format("Content-Length: {}\r\n", question.body.size());
  if (!config.token_file.empty()) {
    const auto token = read_secret(config.token_file);
    if (!token) return Error(AskError::Permission, token.error().text, token.error().where);
    request += fmt::format("Authorization: Bearer {}\r\n", *token);
  }
  auto fd = connected_to(config.listen);
  if (!fd) return fd.error();
  auto channel = DaemonChannel::over(*std::move(fd), config);
  if (!channel) return channel.error();
  auto answer = exchanged(*std::move(channel), request + "\r\n" + question.body, config.listen);
  if (!answer) return answer;
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  const auto body = answer->find("\r\n\r\n");
  if (!answer->starts_with(kVersion) || body == std::string::npos)
    return Error(AskError::Broken, "what answers here is not newsd", config.listen);
  const std::string_view status(answer->data() + kVersion.size(), 3);
  if (status == "200") return answer->substr(body + 4);
  std::string words = answer->substr(kVersion.size(), answer->find('\r') - kVersion.size());
  walk_json(std::string_view(*answer).substr(body + 4), [&](const JsonLeaf& leaf) {
    if (leaf.path == "detail") words = leaf.text;
  });
  return Error(status == "404" ? AskError::NotFound : AskError::Refused, fmt::format("the daemon says: {}", words),
               config.listen);
}

std::string text_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  if (value == nullptr) return {};
  if (const auto* text = value->as_string()) return *text;
  if (const auto* digits = value->as_number()) return *digits;
  return {};
}

}  // namespace newsd
