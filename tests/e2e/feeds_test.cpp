// Feeds, as their readers and their servers see the real newsd.
#include "tests/support/gzip.h"
#include "tests/support/http_origin.h"
#include "tests/support/newsd_home.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <set>

namespace newsd {
namespace {

std::string rss(int first, int last) {
  std::string text =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour news</title>"
      "<link>https://news.example/</link><description>d</description>";
  for (int n = last; n >= first; --n) {
    text += fmt::format(
        "<item><guid isPermaLink=\"false\">urn:harbour:{0}</guid><title>Ferry {0} sails again</title><description>The "
        "ferry with the number {0} left the northern quay on time after repairs that took the yard a whole winter "
        "and {1} weeks.</description></item>",
        n, n + 3);
  }
  return text + "</channel></rss>";
}

/// A feed that grows by an entry every other time it is asked, with validators.
HttpOrigin::Script growing() {
  return [](const OriginRequest& request, int n, const OriginWrite& write) {
    const int last = 3 + n / 2;
    const std::string etag = fmt::format("\"{}\"", last);
    const auto given = request.headers.find("if-none-match");
    if (given != request.headers.end() && given->second == etag) return write(http_answer(304, {"ETag: " + etag}));
    return write(http_answer(200, {"ETag: " + etag, "Content-Type: application/rss+xml"}, rss(1, last)));
  };
}

std::string polling(const std::string& url) {
  return fmt::format(
      "[fetch]\nallow_private = [\"127.0.0.0/8\"]\nmin_interval = \"1s\"\n[[feed]]\nurl = \"{}\"\ninterval = \"1s\"\n",
      url);
}

/// The subjects of new articles, each as often as it was announced.
std::multiset<std::string> announced(const NewsdHome& home) {
  std::multiset<std::string> subjects;
  for (const std::string& line : lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output)) {
    if (attribute(line, "type") == "newsd.article.new") subjects.insert(attribute(line, "subject"));
  }
  return subjects;
}

bool each_once(const std::multiset<std::string>& subjects) {
  return std::set<std::string>(subjects.begin(), subjects.end()).size() == subjects.size();
}

TEST_CASE("each entry is announced once, over polls, a restart and a kill -9; requests are conditional throughout") {
  HttpOrigin origin(growing());
  NewsdHome home;
  home.configure(home.file_output() + polling(origin.url()));
  const auto asked = [&](std::size_t n) { return [&origin, n] { return origin.requests().size() >= n; }; };
  {
    auto newsd = home.start();
    REQUIRE(eventually(asked(3)));
    newsd->signal(SIGKILL);
    newsd->wait();
  }
  {
    auto newsd = home.start();
    REQUIRE(eventually(asked(6)));
    newsd->signal(SIGTERM);
    CHECK(newsd->wait() == 0);
  }
  const auto before = origin.requests().size();
  {
    auto newsd = home.start();
    REQUIRE(eventually(asked(before + 1)));
    newsd->signal(SIGTERM);
    CHECK(newsd->wait() == 0);
  }
  const auto subjects = announced(home);
  CHECK(each_once(subjects));
  CHECK(subjects.size() >= 5);
  std::size_t bare = 0;
  for (const OriginRequest& request : origin.requests()) bare += !request.has("if-none-match");
  CHECK(bare == 1);
}

TEST_CASE("polling once prints what the feed holds, and nothing the second time") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite& write) {
    return write(http_answer(200, {"Content-Type: text/xml"}, rss(1, 4)));
  });
  NewsdHome home;
  home.configure("[fetch]\nallow_private = [\"127.0.0.0/8\"]\n");
  const std::vector<std::string> once{"run", "-c", home.config().string(), "--once", "--feed", origin.url()};
  CHECK(count_type(lines_of(home.run(once).output), "newsd.article.new") == 4);
  CHECK(count_type(lines_of(home.run(once).output), "newsd.article.new") == 0);
  CHECK(origin.requests().size() == 2);
}

TEST_CASE("a feed that fails is said once, a server on a private address is not asked") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite& write) { return write(http_answer(404, {})); });
  NewsdHome home;
  home.configure(home.file_output() + polling(origin.url()) +
                 fmt::format("[[feed]]\nurl = \"http://127.0.0.1:{}/b\"\ninterval = \"1s\"\n", origin.port()));
  auto newsd = home.start();
  const auto errors = [&] { return count_type(lines_of(file_content(home.file())), "newsd.feed.error"); };
  REQUIRE(eventually([&] { return errors() == 2; }));
  newsd->signal(SIGTERM);
  CHECK(newsd->wait() == 0);
  CHECK(errors() == 2);
  CHECK(file_content(home.file()).find("\"code\":\"http-404\"") != std::string::npos);
}

TEST_CASE("feeds are added, listed and removed by command, and a running daemon takes them up") {
  HttpOrigin origin([](const OriginRequest& request, int, const OriginWrite& write) {
    return write(request.path == "/page" ? http_answer(200, {"Content-Type: text/html"}, "<html><p>No feed.</p></html>")
                                         : http_answer(200, {"Content-Type: text/xml"}, rss(1, 2)));
  });
  NewsdHome home;
  home.configure(home.file_output() + "[fetch]\nallow_private = [\"127.0.0.0/8\"]\n");
  auto newsd = home.start();
  const auto feeds = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "feeds");
    arguments.insert(arguments.end(), {"-c", home.config().string()});
    return home.run(arguments);
  };
  CHECK(feeds({"add", origin.url("/page")}).status == 65);
  CHECK(feeds({"add", "ftp://news.example/"}).status == 64);
  REQUIRE(feeds({"add", origin.url(), "--name", "harbour"}).status == 0);
  CHECK(feeds({"add", origin.url("/other"), "--unchecked", "--name", "harbour"}).status == 64);
  CHECK(feeds({"add", origin.url("/one"), origin.url("/two"), "--unchecked", "--name", "two"}).status == 64);
  CHECK(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 2; }));
  const auto listed = feeds({"list"});
  CHECK(listed.output.find("\"name\":\"harbour\",\"state\":\"ok\"") != std::string::npos);
  CHECK(feeds({"test", origin.url()}).output.find("Ferry 2 sails again") != std::string::npos);
  CHECK(feeds({"rm", "harbour"}).status == 0);
  CHECK(feeds({"list"}).output.empty());
  CHECK(feeds({"rm", "harbour"}).status == 65);
}

TEST_CASE("a site's address finds its feed, and the first that is one") {
  HttpOrigin origin([](const OriginRequest& request, int, const OriginWrite& write) {
    if (request.path == "/news.xml") return write(http_answer(200, {"Content-Type: text/xml"}, rss(1, 2)));
    if (request.path != "/") return write(http_answer(404, {}));
    return write(http_answer(200, {"Content-Type: text/html; charset=utf-8"},
                             "<!doctype html><html><head><title>Harbour</title>"
                             "<link rel='alternate' type='application/rss+xml' href='/old.xml'>"
                             "<link rel='alternate' type='application/rss+xml' href='news.xml'>"
                             "</head><body><p>Welcome.</p></body></html>"));
  });
  NewsdHome home;
  home.configure("[fetch]\nallow_private = [\"127.0.0.0/8\"]\n");
  const auto feeds = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "feeds");
    arguments.insert(arguments.end(), {"-c", home.config().string()});
    return home.run(arguments);
  };
  const auto tried = feeds({"test", origin.url("/")});
  CHECK(tried.status == 65);
  CHECK(tried.errors.find("names the feed " + origin.url("/news.xml")) != std::string::npos);
  REQUIRE(feeds({"add", origin.url("/")}).status == 0);
  CHECK(feeds({"list"}).output.find("\"" + origin.url("/news.xml") + "\"") != std::string::npos);
  REQUIRE(feeds({"add", origin.url("/")}).status == 0);
  CHECK(lines_of(feeds({"list"}).output).size() == 1);
}

TEST_CASE("a list of feeds moves from one newsd to another as OPML, and its feeds are polled there") {
  HttpOrigin origin([](const OriginRequest& request, int, const OriginWrite& write) {
    return write(http_answer(200, {"Content-Type: text/xml"}, request.path == "/a" ? rss(1, 2) : rss(7, 9)));
  });
  NewsdHome from, to;
  const auto feeds = [&](const NewsdHome& home, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "feeds");
    arguments.insert(arguments.end(), {"-c", home.config().string()});
    return home.run(arguments);
  };
  from.configure("[fetch]\nallow_private = [\"127.0.0.0/8\"]\n[[feed]]\nurl = \"" + origin.url("/a") +
                 "\"\nname = \"harbour & quay\"\n");
  REQUIRE(feeds(from, {"add", origin.url("/b")}).status == 0);
  const auto exported = feeds(from, {"export"});
  REQUIRE(exported.status == 0);
  CHECK(exported.output.find("<opml version=\"2.0\">") != std::string::npos);

  to.configure(to.file_output() + "[fetch]\nallow_private = [\"127.0.0.0/8\"]\n");
  const auto list = to.config().parent_path() / "list.opml";
  std::ofstream(list) << exported.output;
  auto newsd = to.start();
  REQUIRE(feeds(to, {"import", list.string()}).status == 0);
  CHECK(eventually([&] { return count_type(lines_of(file_content(to.file())), "newsd.article.new") == 5; }));
  CHECK(feeds(to, {"list"}).output.find("\"name\":\"harbour & quay\"") != std::string::npos);
  CHECK(feeds(to, {"import", list.string()}).status == 0);
  CHECK(lines_of(feeds(to, {"list"}).output).size() == 2);
  CHECK(feeds(to, {"import", to.config().string()}).status == 65);
  newsd->signal(SIGTERM);
  CHECK(newsd->wait() == 0);
}

TEST_CASE("a sitemap index is polled: the articles of its sitemaps, packed or not, once each, over a restart") {
  const auto sitemap = [](int first, int last) {
    std::string text =
        "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">";
    for (int n = first; n <= last; ++n) {
      text += fmt::format(
          "<url><loc>https://news.example/ferries/{0}</loc><news:news><news:publication><news:name>Harbour</news:name>"
          "<news:language>en</news:language></news:publication><news:publication_date>2026-11-22</"
          "news:publication_date><news:title>Ferry number {0} sails again after repairs</news:title></news:news></url>",
          n);
    }
    return text + "</urlset>";
  };
  HttpOrigin origin([&](const OriginRequest& request, int n, const OriginWrite& write) {
    const std::string etag = "\"" + request.path + "\"";
    if (request.path == "/feed") {
      return write(http_answer(200, {"Content-Type: application/xml"},
                               "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                               "<sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/two.xml.gz</loc></sitemap>"
                               "<sitemap><loc>https://other.example/three.xml</loc></sitemap></sitemapindex>"));
    }
    if (request.has("if-none-match") && n > 0) return write(http_answer(304, {"ETag: " + etag}));
    if (request.path == "/one.xml") return write(http_answer(200, {"ETag: " + etag}, sitemap(1, 3)));
    return write(http_answer(200, {"ETag: " + etag, "Content-Type: application/x-gzip"}, gzipped(sitemap(3, 5))));
  });
  NewsdHome home;
  home.configure(home.file_output() + polling(origin.url()));
  const auto asked = [&](const std::string& path) {
    std::size_t n = 0;
    for (const OriginRequest& request : origin.requests()) n += request.path == path;
    return n;
  };
  for (std::size_t run = 1; run <= 2; ++run) {
    auto newsd = home.start();
    REQUIRE(eventually([&] { return asked("/one.xml") >= 2 * run && asked("/two.xml.gz") >= 2 * run; }));
    newsd->signal(SIGTERM);
    CHECK(newsd->wait() == 0);
  }
  const auto subjects = announced(home);
  CHECK(each_once(subjects));
  CHECK(subjects.size() == 5);
  std::size_t bare = 0;
  for (const OriginRequest& request : origin.requests())
    bare += request.path != "/feed" && !request.has("if-none-match");
  CHECK(bare == 2);
  const Ran listed = home.run({"feeds", "list", "-c", home.config().string()});
  CHECK(lines_of(listed.output).size() == 1);
  CHECK(listed.output.find("\"sitemaps\":2") != std::string::npos);
}

/// A feed of summaries, the pages they link to, and a robots.txt that wants one of them left alone. The pages of odd
/// numbers fail the first time they are asked for.
HttpOrigin::Script with_pages(int entries) {
  return [entries](const OriginRequest& request, int n, const OriginWrite& write) {
    if (request.path == "/robots.txt")
      return write(http_answer(200, {"Content-Type: text/plain"}, "User-agent: newsd\nDisallow: /ferries/4\n"));
    if (request.path == "/feed") {
      std::string text = "<rss version=\"2.0\"><channel><title>Harbour news</title>";
      for (int i = 1; i <= entries; ++i) {
        text += fmt::format(
            "<item><guid isPermaLink=\"false\">urn:harbour:{0}</guid><link>http://{1}/ferries/{0}</link><title>Ferry "
            "{0} "
            "sails again</title><description>The ferry with the number {0} left the quay on time.</description></item>",
            i, request.headers.at("host"));
      }
      return write(http_answer(200, {"Content-Type: application/rss+xml", "ETag: \"1\""}, text + "</channel></rss>"));
    }
    const std::string number = request.path.substr(request.path.rfind('/') + 1);
    if (number.back() % 2 == 1 && n == 0) return write(http_answer(503, {"Retry-After: 0"}));
    return write(http_answer(
        200, {"Content-Type: text/html"},
        fmt::format(
            "<!DOCTYPE html><html lang=\"en\"><head><title>Ferry {0}</title></head><body><article><h1>Ferry {0} "
            "sails again</h1><p>The ferry with the number {0} left the northern quay on time on Friday, with {0} "
            "passengers and a band of {1} on board.</p><p>Berth {0} had stood empty for a whole winter while the "
            "yard took engine number {1} out and put it back twice.</p></article></body></html>",
            number, number + "0")));
  };
}

std::string polling_pages(const std::string& url) {
  return fmt::format(
      "[fetch]\nallow_private = [\"127.0.0.0/8\"]\npage_interval = \"0s\"\n[[feed]]\nurl = \"{}\"\ninterval = \"1h\"\n"
      "full_text = true\n",
      url);
}

std::vector<std::string> new_articles(const NewsdHome& home) {
  std::vector<std::string> lines;
  for (std::string& line : lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output)) {
    if (attribute(line, "type") == "newsd.article.new") lines.push_back(std::move(line));
  }
  return lines;
}

TEST_CASE("entries of a feed of summaries are told with the text of their pages, over a kill -9 each once") {
  HttpOrigin origin(with_pages(8));
  NewsdHome home;
  home.configure(home.file_output() + polling_pages(origin.url()));
  const auto asked = [&](std::size_t n) { return [&origin, n] { return origin.requests().size() >= n; }; };
  {
    auto newsd = home.start();
    REQUIRE(eventually(asked(4)));
    newsd->signal(SIGKILL);
    newsd->wait();
  }
  auto newsd = home.start();
  // pages 2, 6 and 8 come at once; 4 may not be fetched; the odd ones answered 503 and are tried again a minute later
  REQUIRE(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") >= 4; }));
  newsd->signal(SIGTERM);
  REQUIRE(newsd->wait() == 0);

  const auto told = new_articles(home);
  std::set<std::string> subjects;
  std::size_t whole = 0, as_fed = 0;
  for (const std::string& line : told) {
    subjects.insert(attribute(line, "subject"));
    const bool has_page = line.find("put it back twice") != std::string::npos;
    whole += has_page;
    as_fed += !has_page && line.find("number 4 left the quay on time.") != std::string::npos;
    CHECK(line.find(has_page ? "\"kind\":\"page\"" : "\"kind\":\"feed\"") != std::string::npos);
  }
  CHECK(subjects.size() == told.size());
  CHECK(whole + as_fed == told.size());
  CHECK(as_fed == 1);
  std::size_t forbidden = 0;
  for (const OriginRequest& request : origin.requests()) forbidden += request.path == "/ferries/4";
  CHECK(forbidden == 0);
}

TEST_CASE("polled once, what pages gave no answer yet stays held and is told in a later run") {
  HttpOrigin origin(with_pages(3));
  NewsdHome home;
  home.configure(home.file_output() + "[fetch]\nallow_private = [\"127.0.0.0/8\"]\npage_interval = \"0s\"\n");
  REQUIRE(home.run({"feeds", "add", origin.url(), "--full-text", "-c", home.config().string()}).status == 0);
  const auto run = [&] { return home.run({"run", "--once", "-c", home.config().string()}).status; };
  CHECK(run() == 0);
  CHECK(new_articles(home).size() == 1);
  CHECK(run() == 0);
  const auto told = new_articles(home);
  CHECK(told.size() == 3);
  for (const std::string& line : told) CHECK(line.find("put it back twice") != std::string::npos);
}

}  // namespace
}  // namespace newsd
