#include "tests/support/consumer_crowd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {
namespace {

constexpr std::chrono::milliseconds kTick{10};  // between a slow consumer's reads, and between attempts to connect
constexpr std::size_t kSlowBytes = 8 << 10;
constexpr unsigned char kPing = 0x89;  // the first byte of its frame (RFC 6455)
constexpr char kPong = '\x8a';

int connected_to(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

std::string hello(CrowdShape shape, std::uint64_t position) {
  const std::string from = std::to_string(position);
  if (shape == CrowdShape::Socket) return "{\"from\":" + from + "}\n";
  const std::string get = "GET /events?from=" + from + " HTTP/1.1\r\nHost: localhost\r\n";
  if (shape == CrowdShape::Sse) return get + "Accept: text/event-stream\r\n\r\n";
  if (shape == CrowdShape::Lines) return get + "\r\n";
  return get +
         "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

std::string_view member_of(std::string_view event, std::string_view key) {
  const auto at = event.find(key);
  if (at == std::string_view::npos) return {};
  event.remove_prefix(at + key.size());
  return event.substr(0, event.find('"'));
}

}  // namespace

struct ConsumerCrowd::Consumer {
  CrowdMember wish;
  int fd = -1;
  bool is_head_read = false;
  std::string rest;   // what came and is no whole line or frame yet
  std::string pongs;  // owed; who answers no ping is let go
  std::atomic<std::uint64_t> position{0};
  std::vector<std::string> ids;

  /// The next line or message that is whole; false when there is none.
  bool next(std::string_view& bytes, std::string_view& text) {
    if (wish.shape != CrowdShape::WebSocket) return next_line(bytes, text);
    for (unsigned char first = 0; next_frame(bytes, text, first);) {
      if (first != kPing) return true;
      pongs += kPong;
      pongs += static_cast<char>(0x80 | text.size());
      pongs.append(4, '\0').append(text);  // masked with zeros
    }
    return false;
  }
  static bool next_line(std::string_view& bytes, std::string_view& text) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return false;
    text = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    return true;
  }
  /// Of the server: not masked, and no message is in pieces.
  static bool next_frame(std::string_view& bytes, std::string_view& text, unsigned char& first) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    if (bytes.size() < 2) return false;
    std::size_t size = byte(1) & 127;
    const std::size_t wide = size == 126 ? 2 : size == 127 ? 8 : 0, head = 2 + wide;
    if (bytes.size() < head) return false;
    if (wide > 0) size = 0;
    for (std::size_t i = 0; i < wide; ++i) size = size << 8 | byte(2 + i);
    if (bytes.size() < head + size) return false;
    first = static_cast<unsigned char>(bytes[0]);
    text = bytes.substr(head, size);
    bytes.remove_prefix(head + size);
    return true;
  }
  /// The header of an HTTP answer.
  bool skip_head(std::string_view& bytes) {
    if (is_head_read || wish.shape == CrowdShape::Socket) return true;
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    bytes.remove_prefix(end + 4);
    return is_head_read = true;
  }
  void disconnect() {
    ::close(std::exchange(fd, -1));
    rest.clear();
    pongs.clear();
    is_head_read = false;
  }
};

ConsumerCrowd::ConsumerCrowd(std::vector<CrowdMember> members) {
  for (CrowdMember& member : members) {
    consumers_.push_back(std::make_unique<Consumer>());
    consumers_.back()->position = member.from;
    consumers_.back()->wish = std::move(member);
  }
  thread_ = std::thread([this] { run(); });
}

ConsumerCrowd::~ConsumerCrowd() { stop(); }

void ConsumerCrowd::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

std::size_t ConsumerCrowd::members_at(std::uint64_t sequence) const {
  std::size_t count = 0;
  for (const auto& consumer : consumers_) count += consumer->position >= sequence ? 1 : 0;
  return count;
}

std::uint64_t ConsumerCrowd::furthest() const {
  std::uint64_t furthest = 0;
  for (const auto& consumer : consumers_) furthest = std::max<std::uint64_t>(furthest, consumer->position);
  return furthest;
}

const std::vector<std::string>& ConsumerCrowd::ids(std::size_t member) const { return consumers_[member]->ids; }

void ConsumerCrowd::run() {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::array<epoll_event, 256> ready{};
  std::array<char, 64 << 10> block{};

  const auto connect = [&](Consumer& consumer) {
    consumer.fd = connected_to(consumer.wish.socket);
    if (consumer.fd < 0) return;
    const std::string words = hello(consumer.wish.shape, consumer.position);
    if (::send(consumer.fd, words.data(), words.size(), MSG_NOSIGNAL) < 0) return consumer.disconnect();
    ++connects_, ++connected_;
    if (consumer.wish.is_slow) return;
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.ptr = &consumer;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, consumer.fd, &wanted);
  };
  const auto take = [&](Consumer& consumer, std::string_view text) {
    const std::string_view digits = member_of(text, "\"sequence\":\"");
    if (digits.empty()) {
      if (text.starts_with("{\"error\"")) ++faults_;
      return;
    }
    const std::uint64_t sequence = std::strtoull(std::string(digits).c_str(), nullptr, 10);
    if (sequence != consumer.position + 1 || text.find("newsd.stream.gap") < 200) ++faults_;
    if (consumer.wish.keeps_ids) consumer.ids.emplace_back(member_of(text, "\"id\":\""));
    consumer.position = sequence;
    ++deliveries_;
  };
  const auto read = [&](Consumer& consumer) {
    const ssize_t n =
        ::recv(consumer.fd, block.data(), consumer.wish.is_slow ? kSlowBytes : block.size(), MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
      --connected_;
      return consumer.disconnect();
    }
    std::string_view bytes(block.data(), static_cast<std::size_t>(n));
    if (!consumer.rest.empty()) bytes = consumer.rest.append(bytes);
    if (consumer.skip_head(bytes)) {
      for (std::string_view text; consumer.next(bytes, text);) take(consumer, text);
    }
    consumer.rest = std::string(bytes);
    if (consumer.pongs.empty()) return;
    const ssize_t said = ::send(consumer.fd, consumer.pongs.data(), consumer.pongs.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (said > 0) consumer.pongs.erase(0, static_cast<std::size_t>(said));
  };

  auto next_tick = std::chrono::steady_clock::now();
  while (!stopping_) {
    if (std::chrono::steady_clock::now() >= next_tick) {
      for (const auto& consumer : consumers_) {
        if (consumer->fd < 0) connect(*consumer);
        if (consumer->fd >= 0 && consumer->wish.is_slow) read(*consumer);
      }
      next_tick = std::chrono::steady_clock::now() + kTick;
    }
    const int count =
        ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), static_cast<int>(kTick.count()));
    for (int i = 0; i < count; ++i) {
      auto& consumer = *static_cast<Consumer*>(ready[static_cast<std::size_t>(i)].data.ptr);
      if (consumer.fd >= 0) read(consumer);
    }
  }
  for (const auto& consumer : consumers_) {
    if (consumer->fd >= 0) consumer->disconnect();
  }
  ::close(epoll);
}

}  // namespace newsd
