#include "daemon/serve/api.h"

#include "daemon/event/event_schema.h"
#include "daemon/serve/consumers.h"
#include "daemon/serve/lookup.h"
#include "daemon/serve/overview.h"
#include "daemon/serve/page.h"
#include "daemon/serve/quarantine_answer.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";

HttpAnswer text(unsigned status, std::string words) { return {status, std::string(kText), std::move(words), {}}; }

HttpAnswer status(const HttpRequest&, std::string_view, const ServeTerms& terms) {
  return {200, "application/json", status_json(terms.view.status()) + "\n", {}};
}
HttpAnswer metrics(const HttpRequest&, std::string_view, const ServeTerms& terms) {
  return {200, std::string(kMetricsType), metrics_text(terms.view.status()), {}};
}
HttpAnswer health(const HttpRequest&, std::string_view, const ServeTerms&) { return text(200, "ok\n"); }
HttpAnswer ready(const HttpRequest&, std::string_view, const ServeTerms& terms) {
  const DaemonStatus now = terms.view.status();
  if (now.is_ready) return text(200, "ready\n");
  return text(503, now.is_disk_full ? "the disk is full\n" : "starting or stopping\n");
}
HttpAnswer schema(const HttpRequest&, std::string_view, const ServeTerms&) {
  return {200, "application/schema+json", std::string(embedded::event_schema()), {}};
}
HttpAnswer article(const HttpRequest&, std::string_view id, const ServeTerms& terms) {
  return article_answer(id, terms);
}
HttpAnswer story(const HttpRequest&, std::string_view id, const ServeTerms& terms) { return story_answer(id, terms); }
HttpAnswer feeds(const HttpRequest&, std::string_view, const ServeTerms& terms) { return feeds_answer(terms); }

constexpr std::string_view kRead = "GET, HEAD";

struct Place {
  std::string_view path;     ///< one that ends in a slash stands for all that follow it
  std::string_view methods;  ///< as Allow tells them
  /// Null: what is no answer at once: the events, which are a stream, what takes a body, what waits for a disk.
  HttpAnswer (*answer)(const HttpRequest& request, std::string_view rest, const ServeTerms& terms);
};
constexpr std::array<Place, 14> kPlaces = {{{"/events", "GET", nullptr},
                                            {kPushPath, "POST", nullptr},
                                            {"/articles/", kRead, article},
                                            {kStoriesPath, kRead, nullptr},
                                            {"/stories/", kRead, story},
                                            {"/feeds", kRead, feeds},
                                            {kQuarantinePath, "GET, HEAD, POST", nullptr},
                                            {"/consumers", kRead, consumers_answer},
                                            {kConsumersPath, "GET, HEAD, POST, DELETE", consumer_answer},
                                            {"/status", kRead, status},
                                            {"/metrics", kRead, metrics},
                                            {"/healthz", kRead, health},
                                            {"/readyz", kRead, ready},
                                            {"/schema", kRead, schema}}};

bool is_at(const Place& place, std::string_view path) {
  return place.path.ends_with('/') ? path.starts_with(place.path) : path == place.path;
}

/// A method is one of the words of the list.
bool allows(std::string_view methods, std::string_view method) {
  for (std::string_view rest = methods; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(','));
    if (one == method) return true;
    rest.remove_prefix(std::min(one.size() + 2, rest.size()));
  }
  return false;
}

}  // namespace

std::string_view code_of(ApiError e) {
  switch (e) {
    case ApiError::NotFound: return "not-found";
    case ApiError::MethodNotAllowed: return "method-not-allowed";
    case ApiError::TooManyRequests: return "too-many-requests";
  }
  return "not-found";
}

HttpAnswer api_answer(const HttpRequest& request, const Target& target, const ServeTerms& terms) {
  if (auto page = page_answer(target.path); page && allows(kRead, request.method)) return *std::move(page);
  const auto* place =
      std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& p) { return is_at(p, target.path); });
  if (place == kPlaces.end())
    return error_answer(404, Error(ApiError::NotFound,
                                   "there are /, /events, /articles, /articles/<id>, /stories, /stories/<id>, /feeds, "
                                   "/quarantine, /consumers, /status, /metrics, /healthz, /readyz and /schema"));
  if (!allows(place->methods, request.method) || place->answer == nullptr) {
    HttpAnswer answer = error_answer(405, Error(ApiError::MethodNotAllowed, "this cannot be done here"));
    answer.fields.push_back({"Allow", std::string(place->methods)});
    return answer;
  }
  return place->answer(request, std::string_view(target.path).substr(place->path.size()), terms);
}

Error too_many_requests(unsigned a_second) {
  return Error(ApiError::TooManyRequests,
               "a connection may ask " + std::to_string(a_second) + " times a second (http.max_rate)");
}

}  // namespace newsd
