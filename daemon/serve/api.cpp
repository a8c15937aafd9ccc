#include "daemon/serve/api.h"

#include "daemon/event/event_schema.h"
#include "daemon/serve/lookup.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";

HttpAnswer text(unsigned status, std::string words) { return {status, std::string(kText), std::move(words), {}}; }

HttpAnswer status(std::string_view, const ServeTerms& terms) {
  return {200, "application/json", status_json(terms.status()) + "\n", {}};
}
HttpAnswer metrics(std::string_view, const ServeTerms& terms) {
  return {200, std::string(kMetricsType), metrics_text(terms.status()), {}};
}
HttpAnswer health(std::string_view, const ServeTerms&) { return text(200, "ok\n"); }
HttpAnswer ready(std::string_view, const ServeTerms& terms) {
  const DaemonStatus now = terms.status();
  if (now.is_ready) return text(200, "ready\n");
  return text(503, now.is_disk_full ? "the disk is full\n" : "starting or stopping\n");
}
HttpAnswer schema(std::string_view, const ServeTerms&) {
  return {200, "application/schema+json", std::string(embedded::event_schema()), {}};
}

struct Place {
  std::string_view path;  ///< one that ends in a slash stands for all that follow it
  HttpAnswer (*answer)(std::string_view rest, const ServeTerms&);  ///< null: the events, no answer but a stream
};
constexpr std::array<Place, 8> kPlaces = {{{"/events", nullptr},
                                           {"/articles/", article_answer},
                                           {"/stories/", story_answer},
                                           {"/status", status},
                                           {"/metrics", metrics},
                                           {"/healthz", health},
                                           {"/readyz", ready},
                                           {"/schema", schema}}};

bool is_at(const Place& place, std::string_view path) {
  return place.path.ends_with('/') ? path.starts_with(place.path) : path == place.path;
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
  const auto* place =
      std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& p) { return is_at(p, target.path); });
  if (place == kPlaces.end())
    return error_answer(
        404,
        Error(ApiError::NotFound,
              "there are /events, /articles/<id>, /stories/<id>, /status, /metrics, /healthz, /readyz and /schema"));
  const bool reads = request.method == "GET" || (request.method == "HEAD" && place->answer != nullptr);
  if (!reads) {
    HttpAnswer answer = error_answer(405, Error(ApiError::MethodNotAllowed, "this can only be read"));
    answer.fields.push_back({"Allow", place->answer == nullptr ? "GET" : "GET, HEAD"});
    return answer;
  }
  return place->answer(std::string_view(target.path).substr(place->path.size()), terms);
}

Error too_many_requests(unsigned a_second) {
  return Error(ApiError::TooManyRequests,
               "a connection may ask " + std::to_string(a_second) + " times a second (http.max_rate)");
}

}  // namespace newsd
