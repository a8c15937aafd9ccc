#include "feeds/format/json_repair.h"

namespace newsd {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t next_visible(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

void drop_comma(std::string& out) {
  std::size_t end = out.size();
  while (end > 0 && is_space(out[end - 1])) --end;
  if (end > 0 && out[end - 1] == ',') out.erase(end - 1, 1);
}

/// The string that begins at `at` with its quotation mark; returns where it ends. A mark ends it when what may follow a
/// string follows; any other was written into the text.
std::size_t copy_string(std::string_view text, std::size_t at, std::string& out) {
  out += '"';
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      out += c;
      out += text[++at];
      continue;
    }
    if (c != '"') {
      if (c != '\\') out += c;
      continue;
    }
    const std::size_t next = next_visible(text, at + 1);
    if (next == text.size() || text[next] == ',' || text[next] == ':' || text[next] == '}' || text[next] == ']') {
      ++at;
      break;
    }
    out += "\\\"";
  }
  out += '"';
  return at;
}

}  // namespace

std::string repaired_json(std::string_view text) {
  std::string out, open;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = copy_string(text, at, out);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') {
      open += c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (open.empty()) break;  // more closed than opened
      drop_comma(out);
      // of two kinds the inner one was forgotten
      while (!open.empty() && open.back() != c) {
        out += open.back();
        open.pop_back();
      }
      if (open.empty()) break;
      open.pop_back();
      out += c;
      if (open.empty()) break;
      continue;
    }
    out += c;
  }
  drop_comma(out);
  for (; !open.empty(); open.pop_back()) out += open.back();
  return out;
}

}  // namespace newsd
