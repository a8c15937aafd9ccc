#include "daemon/serve/consumers.h"

#include "daemon/event/json_text.h"
#include "daemon/stream/request_place.h"

#include <boost/asio/use_awaitable.hpp>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;

void write_consumer(JsonText& json, const CursorRow& row, Sequence last) {
  const std::uint64_t lag = last > row.sequence ? last.value() - row.sequence.value() : 0;
  json.begin_object().member("name", *consumer_of(row)).member("position", digits_of(row.sequence));
  json.key("lag").integer(lag).end_object();
}

HttpAnswer told(const CursorRow& row, const ServeTerms& terms) {
  JsonText json;
  write_consumer(json, row, terms.context.tail.last());
  return {200, "application/json", json.take() + '\n', {}};
}

HttpAnswer refusal(const Error& error) {
  return error_answer(error.is(StreamError::JournalUnreadable) ? 503 : 400, error);
}

/// Whether it says where to stand and nothing else.
bool is_place(const Request& request) {
  Request place;
  place.from = request.from;
  return request.from && !std::holds_alternative<FromLast>(*request.from) && request == place;
}

}  // namespace

std::string_view code_of(ConsumerError e) { return e == ConsumerError::NoConsumer ? "no-consumer" : "not-a-place"; }

HttpAnswer consumers_answer(const HttpRequest&, std::string_view, const ServeTerms& terms) {
  JsonText json;
  json.begin_object().key("consumers").begin_array();
  terms.context.cursors.each([&](const CursorRow& row) {
    if (consumer_of(row)) write_consumer(json, row, terms.context.tail.last());
  });
  return {200, "application/json", json.end_array().end_object().take() + '\n', {}};
}

HttpAnswer consumer_answer(const HttpRequest& request, std::string_view name, const ServeTerms& terms) {
  const std::optional<CursorRow> row = terms.context.cursors.find(consumer_row(name));
  if (!row) return error_answer(404, Error(ConsumerError::NoConsumer, "there is no consumer of this name"));
  if (request.method == "DELETE") terms.context.cursors.remove(row->name);
  return told(*row, terms);
}

net::awaitable<HttpAnswer> move_consumer(std::string name, std::string line, std::shared_ptr<const ServeTerms> terms) {
  const auto said = parse_client_line(line);
  HttpAnswer answer;
  if (!said) {
    answer = refusal(said.error());
    co_return answer;
  }
  CursorBook& book = terms->context.cursors;
  const std::optional<CursorRow> stored = book.find(consumer_row(name));
  if (const auto fits = check_consumer_name(name); !fits) {
    answer = refusal(fits.error());
    co_return answer;
  }
  if (!stored && book.size() >= CursorBook::kMost) {
    answer = error_answer(503, Error(StreamError::TooManyConsumers, "no further consumer's cursor is kept"));
    co_return answer;
  }
  CursorRow row{consumer_row(name), Sequence(), {}};
  if (const auto* ack = std::get_if<Acknowledgement>(&*said)) {
    if (ack->sequence > terms->context.tail.last()) {
      answer = refusal(Error(StreamError::BadAck, "the stream has not come so far yet"));
      co_return answer;
    }
    row.sequence = stored ? std::max(stored->sequence, ack->sequence) : ack->sequence;
  } else {
    const Request& request = std::get<Request>(*said);
    if (!is_place(request)) {
      answer =
          refusal(Error(ConsumerError::NotAPlace, "say {\"ack\":\"<sequence>\"} or {\"from\":…} and nothing else"));
      co_return answer;
    }
    From from = *request.from;
    std::shared_ptr<const StreamContext> context(terms, &terms->context);
    const Sequence live = terms->context.tail.last();
    Result<Sequence> place = co_await place_of(from, live, EventFilter(), std::move(context));
    if (!place) {
      answer = refusal(place.error());
      co_return answer;
    }
    row.sequence = *place;
  }
  if (!stored || stored->sequence != row.sequence) book.save(row);
  answer = told(row, *terms);
  co_return answer;
}

}  // namespace newsd
