// The page: what a browser is given and what it is allowed.
#include "daemon/serve/page.h"
#include "tests/daemon/serve/http_client.h"

#include <set>

namespace newsd {
namespace {

/// Every path below /page/ that the part names, as a script's import, a link or a source.
std::set<std::string> named_in(const std::string& text) {
  std::set<std::string> found;
  for (const char* mark : {"\"/page/", "'./"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      const std::size_t begin = at + std::string_view(mark).size();
      found.insert("/page/" + text.substr(begin, text.find_first_of("\"'", begin) - begin));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every part that the page names is there, and every part is named") {
  std::set<std::string> known = {"/"}, unread = known;
  while (!unread.empty()) {
    const std::string path = *unread.begin();
    unread.erase(path);
    CAPTURE(path);
    const auto answer = page_answer(path);
    REQUIRE(answer);
    CHECK(answer->body.size() > 100);
    for (const std::string& named : named_in(answer->body))
      if (known.insert(named).second) unread.insert(named);
  }
  CHECK(known.contains("/page/page.css"));
  CHECK(known.contains("/page/main.js"));
  CHECK(known.size() == kPageParts);
  CHECK_FALSE(page_answer("/page/"));
  CHECK_FALSE(page_answer("/page/../status"));
  CHECK_FALSE(page_answer("/page/main.js/"));
}

TEST_CASE("the page needs nobody else and writes no markup") {
  for (const char* path :
       {"/", "/page/page.css", "/page/main.js", "/page/dom.js", "/page/explain.js", "/page/panels.js",
        "/page/ticker.js", "/page/article.js", "/page/filters.js", "/page/figures.js"}) {
    CAPTURE(path);
    const std::string text = page_answer(path)->body;
    for (const char* words : {"https://", "//cdn", "@import", "url(", "innerHTML", "outerHTML", "insertAdjacentHTML",
                              "document.write", "eval(", "new Function", " style=", "javascript:", "localStorage"})
      CHECK(text.find(words) == std::string::npos);
  }
}

TEST_CASE("a browser may do with the page what the page needs, and with other answers nothing") {
  HttpStream stream;
  HttpClient page(stream.server->port(), stream.get("/"));
  REQUIRE(stream.hears(page, "</html>"));
  CHECK(page.status() == 200);
  CHECK(page.was_told("Content-Type: text/html; charset=utf-8\r\n"));
  CHECK(page.was_told("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'"));
  CHECK(page.was_told("frame-ancestors 'none'; require-trusted-types-for 'script'"));
  CHECK_FALSE(page.was_told("default-src 'none'\r\n"));  // a second policy would forbid what the first allows
  HttpClient script(stream.server->port(), stream.get("/page/main.js"));
  REQUIRE(stream.hears(script, "Content-Type: text/javascript; charset=utf-8\r\n"));
  CHECK(script.was_told("X-Content-Type-Options: nosniff\r\n"));
  HttpClient status(stream.server->port(), stream.get("/status"));
  REQUIRE(stream.hears(status, "Content-Security-Policy: default-src 'none'\r\n"));
}

TEST_CASE("the page is there without the token, what it shows is not") {
  TemporaryDirectory folder;
  std::ofstream(folder / "token") << "correct-horse-battery\n";
  HttpStream stream(0, [&](HttpConfig& config) { config.token_file = folder / "token"; });
  HttpClient page(stream.server->port(), stream.get("/"));
  REQUIRE(stream.hears(page, "</html>"));
  CHECK(page.status() == 200);
  for (const char* target : {"/status", "/stories", "/feeds", "/quarantine", "/consumers", "/events", "/page/", "//"}) {
    CAPTURE(target);
    HttpClient client(stream.server->port(), stream.get(target));
    REQUIRE(stream.hears(client, "unauthorized"));
    CHECK(client.status() == 401);
  }
}

TEST_CASE("the page can only be read, and only under the server's own names") {
  HttpStream stream;
  HttpClient posted(stream.server->port(), stream.get("/", "", "POST"));
  REQUIRE(stream.hears(posted, "\r\n\r\n"));
  CHECK(posted.status() == 404);
  HttpClient rebound(stream.server->port(), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  REQUIRE(stream.hears(rebound, "wrong-host"));
  HttpClient head(stream.server->port(), stream.get("/", "Connection: close\r\n", "HEAD"));
  REQUIRE(stream.hears_end(head));
  CHECK(head.status() == 200);
  CHECK(head.text.ends_with("\r\n\r\n"));
}

}  // namespace newsd
