#include "feeds/extract/learn.h"

#include "feeds/extract/element_key.h"
#include "feeds/extract/page_article.h"
#include "feeds/extract/read.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace newsd {
namespace {

const std::string kAppeal = "Our newsroom lives on the gifts of its readers: please give today what you can spare.";
const std::string kFollow = "Follow us on all our channels";

std::string sentence(int article, int n) {
  return "In the valley of number " + std::to_string(article * 100 + n) +
         " the council has voted for a bridge that no engineer had asked for in all those years.";
}

/// Paragraphs of its own, and those.
Article article(int number, std::vector<std::string> more, int own = 6) {
  Article a;
  a.headline = "Bridge number " + std::to_string(number) + " will be built";
  for (int n = 0; n < own; ++n) a.paragraphs.push_back(sentence(number, n));
  for (std::string& paragraph : more) a.paragraphs.push_back(std::move(paragraph));
  for (std::uint32_t line = 1; line <= a.paragraphs.size(); ++line) a.paragraph_lines.push_back({line, line});
  return a;
}

/// What is known after so many articles with these paragraphs.
SourceKnowledge after(int articles, const std::vector<std::string>& more) {
  SourceKnowledge known;
  for (int i = 0; i < articles; ++i) {
    Article a = article(1000 + i, more);
    known.take(learn(a, "drop:inbox", &known, 3), {});
  }
  return known;
}

std::vector<std::string> left_out(Article a, const SourceKnowledge& known) {
  learn(a, "drop:inbox", &known, 3);
  std::vector<std::string> lines;
  for (const Removed& removed : a.removed) lines.push_back(removed.text);
  return lines;
}

}  // namespace

TEST_CASE("a line that three articles of a source bore leaves the fourth, which says from how many it was learned") {
  const SourceKnowledge known = after(3, {kAppeal, kFollow});
  Article a = article(1, {kAppeal, kFollow});
  a.removed = {{{9, 9}, RemovedKind::Related, "Related articles"}};
  const Article before = a;
  learn(a, "drop:inbox", &known, 3);
  CHECK(a.paragraphs.size() == 6);
  CHECK(a.paragraph_lines.size() == 6);
  REQUIRE(a.removed.size() == 3);
  CHECK(a.removed[2] == before.removed[0]);
  CHECK(a.removed[0] == Removed{{7, 7}, RemovedKind::Repeat, kAppeal, 3});
  CHECK(a.removed[1] == Removed{{8, 8}, RemovedKind::Repeat, kFollow, 3});
  CHECK(left_out(before, after(2, {kAppeal, kFollow})) == std::vector<std::string>{"Related articles"});
}

TEST_CASE("nothing known, nothing leaves, and what an article teaches is the same either way") {
  const SourceKnowledge known = after(5, {kAppeal});
  Article plain = article(1, {kAppeal}), read = plain;
  const Article before = plain;
  const Lesson one = learn(plain, "drop:inbox", nullptr, 3), other = learn(read, "drop:inbox", &known, 3);
  CHECK(plain == before);
  CHECK(read != before);
  CHECK(one == other);  // or a line would come back as soon as it was known
  CHECK(one.source == "drop:inbox");
  CHECK(one.lines.size() == 7);
  CHECK(std::is_sorted(one.lines.begin(), one.lines.end()));
}

TEST_CASE("a sentence that some articles of a source share is background, a fragment is furniture") {
  SourceKnowledge known = after(3, {kAppeal, kFollow});
  for (int i = 0; i < 4; ++i) {
    Article a = article(2000 + i, {});
    known.take(learn(a, "drop:inbox", &known, 3), {});
  }
  CHECK(left_out(article(1, {kAppeal, kFollow}), known) == std::vector<std::string>{kFollow});
}

TEST_CASE("long lines, short ones, the headline and the standfirst never leave, however often they come") {
  std::string paragraph;
  while (paragraph.size() <= 300) paragraph += "The mayor said once more that the bridge is needed. ";
  const std::string few = "Read more here", headline = "The morning news in short";
  const SourceKnowledge known = after(9, {paragraph, few});
  CHECK(left_out(article(1, {paragraph, few}), known).empty());

  SourceKnowledge column;
  for (int i = 0; i < 9; ++i) {
    Article a = article(i, {headline});
    column.take(learn(a, "drop:inbox", &column, 3), {});
  }
  Article a = article(1, {headline, kFollow});
  a.headline = "The Morning News in Short";
  a.summary = kFollow;
  CHECK(left_out(a, column).empty());
}

TEST_CASE("a body of which less than half would be left stays whole") {
  std::vector<std::string> more;
  for (int n = 0; n < 7; ++n) more.push_back(sentence(5000, n));
  const SourceKnowledge known = after(4, more);
  CHECK(left_out(article(1, more, 9), known).size() == 7);
  CHECK(left_out(article(1, more, 5), known).empty());
}

TEST_CASE("a body of very many lines teaches those at its ends") {
  Article a = article(1, {}, 1000);
  const Lesson lesson = learn(a, "drop:inbox", nullptr, 3);
  CHECK(lesson.lines.size() == 64);
  Article first = article(1, {}, 1), last;
  last.paragraphs = {a.paragraphs.back()};
  for (Article* one : {&first, &last}) {
    const std::uint64_t key = learn(*one, "drop:inbox", nullptr, 3).lines.front();
    CHECK(std::binary_search(lesson.lines.begin(), lesson.lines.end(), key));
  }
}

TEST_CASE("an entry of a feed has no lines to name, and says nothing of them") {
  const SourceKnowledge known = after(3, {kFollow});
  Article a = article(1, {kFollow});
  a.paragraph_lines.clear();
  learn(a, "feed:f", &known, 3);
  REQUIRE(a.removed.size() == 1);
  CHECK(a.removed[0].lines == LineRange{0, 0});
  CHECK(a.paragraph_lines.empty());
}

TEST_CASE("the source of an article is its host, its feed, or the directory it lay in") {
  Origin drop, feed;
  drop.input = "inbox";
  feed.kind = OriginKind::Feed;
  feed.input = "https://news.example/rss";
  Article a;
  CHECK(source_of(a, drop) == "drop:inbox");
  CHECK(source_of(a, feed) == "feed:https://news.example/rss");
  a.url = *Url::parse("https://www.News.example/2024/bridge");
  CHECK(source_of(a, drop) == "host:news.example");
  CHECK(source_of(a, feed) == "feed:https://news.example/rss");
  feed.input = std::string(5000, 'x');
  const std::string one = source_of(a, feed);
  CHECK(one.size() < 300);
  feed.input += 'y';
  CHECK(source_of(a, feed) != one);
}

namespace {

/// Two columns of nearly the same length; which of them is the article only the site's habit tells.
std::string page(int n, const std::string& ad) {
  std::string first, second;
  for (int i = 0; i < 6; ++i) first += "<p>" + sentence(n, i) + "</p>";
  for (int i = 6; i < 10; ++i) second += "<p>" + sentence(n, i) + "</p>";
  return "<html><head><title>Bridge " + std::to_string(n) + "</title></head><body><div class='x" + std::to_string(n) +
         "'><div class='column text'><h1>Bridge number " + std::to_string(n) + "</h1>" + first +
         "</div><div class='column'>" + (ad.empty() ? "" : second + ad) + "</div></div></body></html>";
}

}  // namespace

TEST_CASE("an element is known again by its names, whatever numbers they bear") {
  const auto key = [](std::string_view html) {
    const HtmlTree tree(html);
    std::size_t deepest = 0;
    for (std::size_t n = 1; n < tree.size(); ++n) {
      if (tree[n].tag == HtmlTag::Div) deepest = n;
    }
    return element_key(tree, deepest);
  };
  const auto one = key("<body><div class='post post-1'><div>a</div></div>");
  CHECK(one != 0);
  CHECK(one == key("<body><p>b<div class='post  post-77'><div>b</div></div>"));
  CHECK(one != key("<body><div class='post'>a</div>"));
  CHECK(one != key("<body><div class='side'><div>a</div></div>"));
  CHECK(key("<body><div><div>a</div></div>") == 0);
}

TEST_CASE("a page's body is looked for where the bodies of its site stood before") {
  const auto url = Url::parse("https://news.example/bridge").value();
  Origin origin;
  Knowledge knowledge;
  std::vector<Lesson> lessons;
  for (int n = 0; n < 3; ++n) {
    Article a = page_article(page(n, ""), url, 1 << 20);
    lessons.push_back(learn(a, source_of(a, origin), nullptr, 3));
    CHECK(lessons.back().source == "host:news.example");
    CHECK(lessons.back().container != 0);
    CHECK(lessons.back().container == lessons.front().container);
  }
  knowledge.take(lessons, {});
  const std::string next = page(9, "<p>More of our readers' letters stand in the paper every Saturday, all year.</p>");
  const Article without = page_article(next, url, 1 << 20);
  const Article with = page_article(next, url, 1 << 20, {&origin, {&knowledge, 3}});
  CHECK(without.fields.at("body").how != "remembered-element");
  CHECK(with.fields.at("body").how == "remembered-element");
  CHECK(with.paragraphs.front() == sentence(9, 0));
  CHECK(with.paragraphs.back() == sentence(9, 5));
  // another site's habits are not this one's
  const auto elsewhere = Url::parse("https://other.example/bridge").value();
  CHECK(page_article(next, elsewhere, 1 << 20, {&origin, {&knowledge, 3}}).fields.at("body").how !=
        "remembered-element");
}

}  // namespace newsd
