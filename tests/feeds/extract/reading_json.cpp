#include "tests/feeds/extract/reading_json.h"

#include <cstdio>

namespace newsd {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// Writes objects and arrays, a member a line, short ones on one line.
class Printer {
 public:
  void open(char bracket) {
    item();
    out_ += bracket;
    indent_ += 2;
    first_ = true;
  }
  void open(std::string_view name, char bracket) {
    item();
    out_ += quoted(name) + ": " + bracket;
    indent_ += 2;
    first_ = true;
  }
  void close(char bracket) {
    indent_ -= 2;
    if (!first_) line();
    out_ += bracket;
    first_ = false;
  }
  void raw(const std::string& value) {
    item();
    out_ += value;
  }
  void member(std::string_view name, const std::string& raw_value) { raw(quoted(name) + ": " + raw_value); }
  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, quoted(value));
  }
  std::string take() { return out_ + "\n"; }

 private:
  void line() { out_ += "\n" + std::string(indent_, ' '); }
  void item() {
    if (out_.empty()) return;
    if (!first_) out_ += ',';
    line();
    first_ = false;
  }

  std::string out_;
  std::size_t indent_ = 0;
  bool first_ = true;
};

std::string range(const LineRange& r) { return "[" + std::to_string(r.first) + ", " + std::to_string(r.last) + "]"; }

template <class List>
void strings(Printer& out, std::string_view name, const List& list) {
  if (list.empty()) return;
  out.open(name, '[');
  for (const auto& one : list) out.raw(quoted(one));
  out.close(']');
}

void date(Printer& out, std::string_view name, const std::optional<When>& when) {
  if (when)
    out.member(name, "{\"value\": " + quoted(when->value) + ", \"precision\": " + quoted(to_string(when->precision)) +
                         ", \"raw\": " + quoted(when->raw) + "}");
}

void print(Printer& out, const Article& a) {
  out.open('{');
  out.text("id", a.id);
  if (a.url) out.text("url", a.url->str());
  out.text("member", a.member);
  out.text("headline", a.headline);
  out.text("title", a.title);
  out.text("summary", a.summary);
  strings(out, "paragraphs", a.paragraphs);
  strings(out, "authors", a.authors);
  out.text("byline", a.byline);
  out.text("publisher", a.publisher);
  out.text("credit", a.credit);
  out.text("language", a.language);
  date(out, "published", a.published);
  date(out, "updated", a.updated);
  if (!a.pictures.empty()) out.open("pictures", '[');
  for (const Picture& p : a.pictures) {
    out.open('{');
    out.text("caption", p.caption);
    out.text("alt", p.alt);
    out.text("credit", p.credit);
    out.close('}');
  }
  if (!a.pictures.empty()) out.close(']');
  out.open("fields", '{');
  for (const auto& [name, p] : a.fields) {
    out.member(name, "{\"how\": " + quoted(p.how) + (p.lines ? ", \"lines\": " + range(*p.lines) : "") +
                         ", \"confidence\": " + std::to_string(p.confidence) + "}");
  }
  out.close('}');
  if (!a.removed.empty()) out.open("removed", '[');
  for (const Removed& r : a.removed)
    out.raw("{\"lines\": " + range(r.lines) + ", \"kind\": " + quoted(to_string(r.kind)) +
            ", \"text\": " + quoted(r.text) + "}");
  if (!a.removed.empty()) out.close(']');
  if (!a.categories.empty()) strings(out, "categories", a.categories);
  strings(out, "missing", a.missing);
  if (!a.flags.empty()) out.open("flags", '[');
  for (Flag f : a.flags) out.raw(quoted(to_string(f)));
  if (!a.flags.empty()) out.close(']');
  out.close('}');
}

void print(Printer& out, const Error& e) {
  out.text("code", e.code);
  out.text("text", e.text);
  out.text("where", e.where);
}

}  // namespace

std::string reading_json(const Result<Reading>& reading) {
  Printer out;
  out.open('{');
  if (reading.has_error()) {
    out.open("error", '{');
    print(out, reading.error());
    out.close('}');
    out.close('}');
    return out.take();
  }
  out.text("format", to_string(reading->origin.format));
  const Charset& charset = reading->origin.charset.value();
  out.member("charset", "{\"used\": " + quoted(charset.used) + ", \"how\": " + quoted(to_string(charset.how)) +
                            ", \"replaced\": " + std::to_string(charset.replaced) + "}");
  strings(out, "warnings", reading->warnings);
  out.open("items", '[');
  for (const auto& item : reading->items) {
    if (const auto* article = std::get_if<Article>(&item)) {
      print(out, *article);
      continue;
    }
    const auto& refusal = std::get<Refusal>(item);
    out.open('{');
    out.open("refused", '{');
    print(out, refusal.reason);
    out.close('}');
    out.text("id", refusal.id);
    out.text("member", refusal.member);
    out.close('}');
  }
  out.close(']');
  out.close('}');
  return out.take();
}

}  // namespace newsd
