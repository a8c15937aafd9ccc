#include "daemon/serve/http_reader.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <limits>
#include <optional>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;

using Parser = http::request_parser<http::string_body>;

std::string text_of(boost::beast::string_view view) { return {view.data(), view.size()}; }

/// Fields that say who is asked by whom: sent twice they could mean one thing here and another to a proxy before us.
bool has_doubled_field(const Parser::value_type& request) {
  return request.count(http::field::host) > 1 || request.count(http::field::origin) > 1 ||
         request.count(http::field::authorization) > 1 || request.count("Last-Event-ID") > 1 ||
         request.count("Idempotency-Key") > 1;
}

HttpRequest request_of(const Parser& parser) {
  const Parser::value_type& from = parser.get();
  const auto field = [&](http::field name) { return text_of(from[name]); };
  HttpRequest request;
  request.method = text_of(from.method_string());
  request.target = text_of(from.target());
  request.host = field(http::field::host);
  request.origin = field(http::field::origin);
  request.authorization = field(http::field::authorization);
  request.accept = field(http::field::accept);
  request.content_type = field(http::field::content_type);
  request.content_encoding = field(http::field::content_encoding);
  request.last_event_id = text_of(from["Last-Event-ID"]);
  request.idempotency_key = text_of(from["Idempotency-Key"]);
  request.hub_signature = text_of(from["X-Hub-Signature"]);
  request.is_http_10 = from.version() < 11;
  request.keeps_alive = parser.keep_alive();
  request.has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
  if (const auto length = parser.content_length()) request.content_length = *length;
  request.expects_continue = equal_token(field(http::field::expect), "100-continue");
  request.wants_websocket = boost::beast::websocket::is_upgrade(from);
  request.websocket_key = field(http::field::sec_websocket_key);
  request.websocket_version = field(http::field::sec_websocket_version);
  return request;
}

Error error_of(const boost::system::error_code& ec) {
  if (ec == http::error::header_limit) return Error(HttpError::HeaderTooLarge, "a request's header has at most 16 KiB");
  if (ec == http::error::body_limit) return Error(HttpError::BodyTooLarge, "the body is too large");
  if (ec == http::error::partial_message) return Error(HttpError::Incomplete, "the request is not complete");
  if (ec.category() == http::make_error_code(http::error::bad_method).category() && ec != http::error::end_of_stream)
    return Error(HttpError::Malformed, "this is no HTTP request: " + ec.message());
  return Error(HttpError::Closed, ec.message());
}

}  // namespace

std::string_view code_of(HttpError e) {
  switch (e) {
    case HttpError::Closed: return "closed";
    case HttpError::Incomplete: return "request-incomplete";
    case HttpError::Malformed: return "malformed-request";
    case HttpError::HeaderTooLarge: return "header-too-large";
    case HttpError::BodyTooLarge: return "body-too-large";
  }
  return "closed";
}

struct HttpReader::State {
  boost::beast::flat_buffer buffer{kHeaderBytes * 4};
  std::optional<Parser> parser;
};

HttpReader::HttpReader(ClientSocket& socket) : socket_(socket), state_(std::make_unique<State>()) {}
HttpReader::~HttpReader() = default;

net::awaitable<Result<HttpRequest>> HttpReader::header() {
  state_->parser.emplace();
  state_->parser->header_limit(kHeaderBytes);
  state_->parser->body_limit(std::numeric_limits<std::uint64_t>::max());  // body() sets it once it is wanted
  boost::system::error_code ec;
  co_await http::async_read_header(socket_, state_->buffer, *state_->parser,
                                   net::redirect_error(net::use_awaitable, ec));
  const bool has_begun = state_->parser->got_some();
  if (ec && has_begun && error_of(ec).is(HttpError::Closed))
    co_return Error(HttpError::Incomplete, "the request is not complete");
  if (ec) co_return error_of(ec);
  if (has_doubled_field(state_->parser->get()))
    co_return Error(HttpError::Malformed, "a header field that may come once came twice");
  if (state_->parser->chunked() && state_->parser->get().count(http::field::content_length) > 0)
    co_return Error(HttpError::Malformed, "the body's length is told in two ways");
  HttpRequest request = request_of(*state_->parser);
  co_return request;
}

net::awaitable<Result<std::string>> HttpReader::body(std::uint64_t most) {
  Parser& parser = *state_->parser;
  if (parser.content_length().value_or(0) > most) co_return Error(HttpError::BodyTooLarge, "the body is too large");
  parser.body_limit(most);
  boost::system::error_code ec;
  if (!parser.is_done())
    co_await http::async_read(socket_, state_->buffer, parser, net::redirect_error(net::use_awaitable, ec));
  if (ec && error_of(ec).is(HttpError::Closed)) co_return Error(HttpError::Incomplete, "the request is not complete");
  if (ec) co_return error_of(ec);
  std::string bytes = std::move(parser.get().body());
  co_return bytes;
}

std::string HttpReader::take_rest() {
  const auto rest = state_->buffer.data();
  std::string bytes(static_cast<const char*>(rest.data()), rest.size());
  state_->buffer.consume(bytes.size());
  return bytes;
}

}  // namespace newsd
