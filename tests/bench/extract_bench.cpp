// What reading costs a worker: a page's tree, the article in it, and a plain-text dump, in bytes a second. The pages
// are made up: menus, a body of fifty paragraphs and a script as long as all of it. Targets: 250 MB/s for the tree, 20
// MB/s for dumps. Nesting shows whether time stays in line with length: bytes a second must not fall with its depth.
#include "feeds/extract/page_article.h"
#include "feeds/extract/text_article.h"
#include "feeds/format/html_tree.h"

#include <benchmark/benchmark.h>

#include <string>

using namespace newsd;

namespace {

std::string paragraph(int n) {
  return "The council met for the " + std::to_string(n) +
         "th time on Monday evening and agreed, after a debate of three hours, to mend the road to the mill before the "
         "first of the summer guests arrive, said the engineer, whose plan it was.";
}

std::string page() {
  std::string html =
      "<!doctype html><html lang=en><head><title>Road to the mill mended | The Mill</title></head><body>";
  for (int i = 0; i < 150; ++i)
    html += "<nav class='menu-item level-2'><a href='/section/" + std::to_string(i) +
            "' class=\"link link--nav\">Section</a></nav>\n";
  html += "<article class=\"article-body\"><h1>Road to the mill mended</h1>";
  for (int i = 0; i < 50; ++i) html += "<p class=\"text text--serif\">" + paragraph(i) + "</p>\n";
  html += "</article>";
  return html + "<script>" + std::string(html.size(), 'x') + "</script></body></html>";
}

std::string dump() {
  std::string text = "Home\nNews\nRoad to the mill mended\nBy Ida Holm\n\n";
  for (int i = 0; i < 50; ++i) text += paragraph(i) + "\n\n";
  return text + "Leave a reply\nRelated articles\nMore from the mill\n";
}

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

void parse_page(benchmark::State& state) {
  const std::string html = page();
  for (auto _ : state) benchmark::DoNotOptimize(HtmlTree(html).size());
  count_bytes(state, html.size());
}
BENCHMARK(parse_page);

void parse_nested(benchmark::State& state) {
  std::string html;
  for (std::int64_t i = 0; i < state.range(0); ++i) html += "<div><p>x<b>";
  for (auto _ : state) benchmark::DoNotOptimize(HtmlTree(html).size());
  count_bytes(state, html.size());
}
BENCHMARK(parse_nested)->RangeMultiplier(8)->Range(64, 32768);

void read_page(benchmark::State& state) {
  const std::string html = page();
  for (auto _ : state) benchmark::DoNotOptimize(page_article(html, std::nullopt, 1 << 20).paragraphs.size());
  count_bytes(state, html.size());
}
BENCHMARK(read_page);

void read_dump(benchmark::State& state) {
  const std::string text = dump();
  for (auto _ : state) benchmark::DoNotOptimize(text_article(read_text(text), 1 << 20).paragraphs.size());
  count_bytes(state, text.size());
}
BENCHMARK(read_dump);

}  // namespace

BENCHMARK_MAIN();
