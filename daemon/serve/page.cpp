#include "daemon/serve/page.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace embedded {

std::string_view page_html();
std::string_view page_css();
std::string_view page_icon_svg();
std::string_view page_api_js();
std::string_view page_article_js();
std::string_view page_charts_js();
std::string_view page_dom_js();
std::string_view page_explain_js();
std::string_view page_figures_js();
std::string_view page_filters_js();
std::string_view page_main_js();
std::string_view page_panels_js();
std::string_view page_stream_js();
std::string_view page_ticker_js();
std::string_view page_words_js();

}  // namespace embedded

namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8", kCss = "text/css; charset=utf-8",
                           kScript = "text/javascript; charset=utf-8", kSvg = "image/svg+xml";

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

struct Part {
  std::string_view path, type;
  std::string_view (*bytes)();
};
constexpr std::array<Part, kPageParts> kParts = {{{"/", kHtml, embedded::page_html},
                                                  {"/page/page.css", kCss, embedded::page_css},
                                                  {"/page/icon.svg", kSvg, embedded::page_icon_svg},
                                                  {"/page/api.js", kScript, embedded::page_api_js},
                                                  {"/page/article.js", kScript, embedded::page_article_js},
                                                  {"/page/charts.js", kScript, embedded::page_charts_js},
                                                  {"/page/dom.js", kScript, embedded::page_dom_js},
                                                  {"/page/explain.js", kScript, embedded::page_explain_js},
                                                  {"/page/figures.js", kScript, embedded::page_figures_js},
                                                  {"/page/filters.js", kScript, embedded::page_filters_js},
                                                  {"/page/main.js", kScript, embedded::page_main_js},
                                                  {"/page/panels.js", kScript, embedded::page_panels_js},
                                                  {"/page/stream.js", kScript, embedded::page_stream_js},
                                                  {"/page/ticker.js", kScript, embedded::page_ticker_js},
                                                  {"/page/words.js", kScript, embedded::page_words_js}}};

const Part* part_at(std::string_view path) {
  const auto* found = std::find_if(kParts.begin(), kParts.end(), [&](const Part& part) { return part.path == path; });
  return found == kParts.end() ? nullptr : found;
}

}  // namespace

bool is_page(std::string_view path) { return part_at(path) != nullptr; }

std::optional<HttpAnswer> page_answer(std::string_view path) {
  const Part* part = part_at(path);
  if (part == nullptr) return std::nullopt;
  HttpAnswer answer;
  answer.content_type = part->type;
  answer.body = part->bytes();
  answer.policy = kPolicy;
  return answer;
}

}  // namespace newsd
