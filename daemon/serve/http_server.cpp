#include "daemon/serve/http_server.h"

#include "daemon/config/secret_file.h"
#include "daemon/ops/log.h"
#include "daemon/serve/api.h"
#include "daemon/serve/http_connection.h"
#include "daemon/serve/overview.h"
#include "daemon/stream/acceptor.h"
#include "daemon/stream/client_limit.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <set>
#include <span>
#include <utility>

#include <unistd.h>

namespace newsd {

namespace net = boost::asio;

struct HttpServer::Work : TailListener, std::enable_shared_from_this<Work> {
  Work(const HttpConfig& config, StreamContext context, std::optional<int> fd, PushSource* push, ServeTiming timing)
      : terms(std::make_shared<ServeTerms>(ServeTerms{std::move(context),
                                                      config,
                                                      AccessRules{config.hosts, {}, false},
                                                      timing,
                                                      {},
                                                      push,
                                                      std::make_shared<BodyBudget>(config.max_receiving)})),
        inherited(fd),
        deadline(terms->context.io) {}

  void events_came() override {
    for (const auto& connection : connections) connection->wake();
  }
  Result<ListeningSocket> listen() const;
  Result<void> load_tls();
  Result<void> open();
  std::string place() const;
  void admit(int fd);
  void finish();

  TlsContext tls;                     ///< null: plain HTTP
  std::shared_ptr<ServeTerms> terms;  ///< as they are when open() is over
  std::optional<int> inherited;
  std::shared_ptr<Acceptor> acceptor;
  net::steady_timer deadline;
  std::set<std::shared_ptr<HttpConnection>> connections;
  ClientLimit limit{"serve", "http"};
  bool stopping = false, finished = false;
  std::function<void()> done;
};

Result<ListeningSocket> HttpServer::Work::listen() const {
  const std::string& place = terms->config.listen;
  if (inherited) return ListeningSocket::adopt(*inherited);
  if (place.starts_with(kUnixPrefix))
    return ListeningSocket::at(std::filesystem::path(place.substr(kUnixPrefix.size())), terms->config.socket_mode);
  const std::optional<ListenAddress> address = parse_listen_address(place);
  if (!address) return Error(StreamError::CannotCreate, "is no address and port", place);
  return ListeningSocket::at(*address);
}

/// What is in force stays when the files are no use.
Result<void> HttpServer::Work::load_tls() {
  const HttpConfig& config = terms->config;
  if (config.certificate.empty()) return {};
  Result<TlsContext> loaded = server_tls(config.certificate, config.key);
  if (!loaded) return loaded.error();
  tls = *std::move(loaded);
  return {};
}

Result<void> HttpServer::Work::open() {
  if (!terms->config.token_file.empty()) {
    Result<std::string> token = read_secret(terms->config.token_file);
    if (!token) return token.error();
    terms->access.token = *std::move(token);
  }
  if (Result<void> loaded = load_tls(); !loaded) return loaded;
  Result<ListeningSocket> socket = listen();
  if (!socket) return socket.error();
  terms->access.is_local = socket->family() == AF_UNIX;
  auto made = Acceptor::create(terms->context.io, std::move(*socket), "http", [weak = weak_from_this()](int fd) {
    if (auto self = weak.lock()) self->admit(fd);
  });
  if (!made) return made.error();
  acceptor = *std::move(made);
  return {};
}

/// Where it listens, with the port that the system chose when none was asked for.
std::string HttpServer::Work::place() const {
  const std::string& place = terms->config.listen;
  const std::uint16_t port = acceptor->port();
  return port == 0 ? place : place.substr(0, place.rfind(':') + 1) + std::to_string(port);
}

void HttpServer::Work::admit(int fd) {
  boost::system::error_code ec;
  ClientSocket::Plain plain(terms->context.io);
  plain.assign(net::generic::stream_protocol(acceptor->family(), 0), fd, ec);
  if (ec) {
    log_warn("serve", "a client cannot be served", {{"error", ec.message()}});
    ::close(fd);
    return;
  }
  tune_connection(fd, acceptor->family());
  ClientSocket client(std::move(plain));
  if (!limit.admits(connections.size(), terms->config.max_clients)) {
    const Error full(StreamError::TooManyClients,
                     "no more than " + std::to_string(terms->config.max_clients) + " clients are served");
    HttpAnswer answer = error_answer(503, full);
    answer.fields.push_back({"Retry-After", "5"});
    const std::string bytes = bytes_of(answer, true, false);
    const net::const_buffer buffer = net::buffer(bytes);
    if (!tls) client.write_some(std::span(&buffer, 1), ec);  // one that has gone already needs no answer
    return;
  }
  if (tls && !client.begin_tls(tls)) return log_warn("serve", "a client cannot be served", {{"error", tls_words()}});
  auto connection = std::make_shared<HttpConnection>(terms, std::move(client));
  connections.insert(connection);
  connection->start([weak = weak_from_this()](const std::shared_ptr<HttpConnection>& ended) {
    const auto self = weak.lock();
    if (!self) return;
    self->connections.erase(ended);
    if (self->stopping && self->connections.empty()) self->finish();
  });
}

void HttpServer::Work::finish() {
  if (finished) return;
  finished = true;
  terms->context.tail.remove(*this);
  deadline.cancel();
  if (done) net::post(terms->context.io, std::exchange(done, nullptr));
}

HttpServer::HttpServer(const HttpConfig& config, StreamContext context, std::optional<int> inherited, DaemonView view,
                       PushSource* push, ServeTiming timing)
    : work_(std::make_shared<Work>(config, std::move(context), inherited, push, timing)) {
  work_->terms->stories = std::make_shared<StoriesNow>(view.open_journal);
  work_->terms->view = std::move(view);
  work_->terms->view.status = [weak = std::weak_ptr(work_), inner = std::move(work_->terms->view.status)] {
    DaemonStatus now = inner();
    if (const auto work = weak.lock()) now.http_clients = work->connections.size();
    return now;
  };
}

HttpServer::~HttpServer() {
  work_->terms->context.tail.remove(*work_);
  if (work_->acceptor) work_->acceptor->close();
  for (const auto& connection : std::exchange(work_->connections, {})) connection->abort();
}

Result<void> HttpServer::start() {
  if (Result<void> opened = work_->open(); !opened) return opened;
  work_->terms->context.tail.add(*work_);
  work_->acceptor->start();
  log_info("serve", "HTTP is served", {{"at", work_->place()}, {"tls", work_->tls ? "yes" : "no"}});
  return {};
}

void HttpServer::stop(std::chrono::milliseconds within, std::function<void()> done) {
  Work& work = *work_;
  work.done = std::move(done);
  work.stopping = true;
  work.acceptor->close();
  if (work.connections.empty()) return work.finish();
  for (const auto& connection : work.connections) connection->stop();
  work.deadline.expires_after(within);
  work.deadline.async_wait([weak = std::weak_ptr(work_)](const boost::system::error_code& cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self) return;
    log_warn("serve", "clients did not take the last events in time", {{"clients", self->connections.size()}});
    for (const auto& connection : self->connections) connection->abort();
    self->finish();
  });
}

Result<void> HttpServer::reload_certificate() { return work_->load_tls(); }

std::size_t HttpServer::clients() const { return work_->connections.size(); }
std::uint16_t HttpServer::port() const { return work_->acceptor ? work_->acceptor->port() : 0; }

}  // namespace newsd
