#include "daemon/emit/socket_output.h"

#include "daemon/config/secret_file.h"
#include "daemon/emit/session.h"
#include "daemon/event/notice.h"
#include "daemon/ops/log.h"
#include "daemon/stream/acceptor.h"
#include "daemon/stream/client_limit.h"
#include "daemon/stream/client_socket.h"
#include "daemon/stream/stream_error.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <set>
#include <span>

#include <sys/socket.h>
#include <unistd.h>

namespace newsd {

namespace net = boost::asio;

struct SocketOutput::Work : TailListener, std::enable_shared_from_this<Work> {
  Work(const OutputConfig& c, StreamContext context, Wanted wanted, std::optional<int> fd, SessionTiming timing)
      : config(c),
        terms(std::make_shared<SessionTerms>(
            SessionTerms{std::move(context), c.name, wanted, c.write_timeout, timing, {}})),
        inherited(fd),
        deadline(terms->context.io) {}

  /// Whoever connected before events came is owed them: accept takes its place in the stream.
  void before_events() override { acceptor->accept_waiting(); }
  void events_came() override {
    for (const auto& session : sessions) session->wake();
  }

  Result<void> open();
  Result<void> load_tls();
  Result<ListeningSocket> listen() const;
  void admit(int fd);
  void finish();

  OutputConfig config;
  TlsContext tls;                       ///< null: none
  std::shared_ptr<SessionTerms> terms;  ///< as they are when start() is over
  std::optional<int> inherited;
  std::shared_ptr<Acceptor> acceptor;
  net::steady_timer deadline;
  std::set<std::shared_ptr<Session>> sessions;
  ClientLimit limit{"emit", config.name};
  bool stopping = false, finished = false;
  std::function<void()> done;
};

Result<ListeningSocket> SocketOutput::Work::listen() const {
  if (inherited) return ListeningSocket::adopt(*inherited);
  if (config.kind == OutputConfig::Kind::Unix) return ListeningSocket::at(config.path, config.socket_mode);
  const std::optional<ListenAddress> address = parse_listen_address(config.listen);
  if (!address) return Error(StreamError::CannotCreate, "is no address and port", config.listen);
  return ListeningSocket::at(*address);
}

/// What is in force stays when the files are no use.
Result<void> SocketOutput::Work::load_tls() {
  if (config.certificate.empty()) return {};
  Result<TlsContext> loaded = server_tls(config.certificate, config.key);
  if (!loaded) return loaded.error();
  tls = *std::move(loaded);
  return {};
}

Result<void> SocketOutput::Work::open() {
  if (!config.token_file.empty()) {
    Result<std::string> token = read_secret(config.token_file);
    if (!token) return token.error();
    terms->token = std::move(*token);
  }
  if (Result<void> loaded = load_tls(); !loaded) return loaded;
  Result<ListeningSocket> socket = listen();
  if (!socket) return socket.error();
  Result<std::shared_ptr<Acceptor>> made =
      Acceptor::create(terms->context.io, std::move(*socket), config.name, [weak = weak_from_this()](int fd) {
        if (auto self = weak.lock()) self->admit(fd);
      });
  if (!made) return made.error();
  acceptor = *std::move(made);
  return {};
}

void SocketOutput::Work::admit(int fd) {
  boost::system::error_code ec;
  ClientSocket::Plain plain(terms->context.io);
  plain.assign(net::generic::stream_protocol(acceptor->family(), 0), fd, ec);
  if (ec) {
    log_warn("emit", "a client cannot be served", {{"output", config.name}, {"error", ec.message()}});
    ::close(fd);
    return;
  }
  tune_connection(fd, acceptor->family());
  ClientSocket client(std::move(plain));
  if (!limit.admits(sessions.size(), config.max_clients)) {
    const Error full(StreamError::TooManyClients,
                     "no more than " + std::to_string(config.max_clients) + " clients are served");
    const std::string line = error_line(full) + '\n';
    const net::const_buffer buffer = net::buffer(line);
    if (!tls) client.write_some(std::span(&buffer, 1), ec);  // one that has gone already needs no answer
    return;
  }
  if (tls && !client.begin_tls(tls)) {
    log_warn("emit", "a client cannot be served", {{"output", config.name}, {"error", tls_words()}});
    return;
  }
  auto session = std::make_shared<Session>(terms, std::move(client));
  sessions.insert(session);
  session->start([self = shared_from_this()](const std::shared_ptr<Session>& ended) {
    self->sessions.erase(ended);
    if (self->stopping && self->sessions.empty()) self->finish();
  });
}

void SocketOutput::Work::finish() {
  if (finished) return;
  finished = true;
  terms->context.tail.remove(*this);
  deadline.cancel();
  if (done) net::post(terms->context.io, std::exchange(done, nullptr));
}

Result<std::unique_ptr<SocketOutput>> SocketOutput::create(const OutputConfig& config, StreamContext context,
                                                           std::optional<int> inherited, SessionTiming timing) {
  Result<Wanted> wanted = wanted_by(config, context.wheres);
  if (!wanted) return wanted.error();
  return std::unique_ptr<SocketOutput>(
      new SocketOutput(std::make_shared<Work>(config, std::move(context), *wanted, inherited, timing)));
}

SocketOutput::SocketOutput(std::shared_ptr<Work> work) : work_(std::move(work)) {}
SocketOutput::~SocketOutput() {
  work_->terms->context.tail.remove(*work_);
  if (work_->acceptor) work_->acceptor->close();
  for (const auto& session : std::exchange(work_->sessions, {})) session->abort();
}

Result<void> SocketOutput::start() {
  if (Result<void> opened = work_->open(); !opened) return opened;
  work_->terms->context.tail.add(*work_);
  work_->acceptor->start();
  return {};
}

void SocketOutput::stop(std::chrono::milliseconds within, std::function<void()> done) {
  Work& work = *work_;
  work.acceptor->accept_waiting();  // who connected before the stop is served what is there
  work.done = std::move(done);
  work.stopping = true;
  work.acceptor->close();
  if (work.sessions.empty()) return work.finish();
  for (const auto& session : work.sessions) session->stop();
  work.deadline.expires_after(within);
  work.deadline.async_wait([self = work_](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    log_warn("emit", "clients did not take the last events in time",
             {{"output", self->config.name}, {"clients", self->sessions.size()}});
    for (const auto& session : self->sessions) session->abort();
    self->finish();
  });
}

Result<void> SocketOutput::renew_certificate() { return work_->load_tls(); }

const std::string& SocketOutput::name() const { return work_->config.name; }
std::size_t SocketOutput::clients() const { return work_->sessions.size(); }
std::uint16_t SocketOutput::port() const { return work_->acceptor ? work_->acceptor->port() : 0; }

Sequence SocketOutput::cursor() const {
  Sequence slowest = work_->terms->context.tail.last();
  for (const auto& session : work_->sessions) slowest = std::min(slowest, session->position());
  return slowest;
}

std::uint64_t SocketOutput::lag() const { return work_->terms->context.tail.last().value() - cursor().value(); }

}  // namespace newsd
