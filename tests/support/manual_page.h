// A manual page of conf/man, read as far as tests ask: its tagged lists, each item with its section, the words of its
// .It line and the text below it, escapes undone.
#pragma once

#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct ManualItem {
  std::string section;  ///< of .Sh, or of .Ss when there is one
  std::string line;     ///< what follows .It
  std::string text;     ///< up to the next request, lines joined by spaces
};

/// "\(dq" and "\[u2026]" → the characters they stand for.
inline std::string without_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.starts_with("\\(dq")) {
      out += '"';
      text.remove_prefix(4);
    } else if (text.starts_with("\\e")) {
      out += '\\';
      text.remove_prefix(2);
    } else if (text.starts_with("\\[u")) {
      const auto code = std::stoul(std::string(text.substr(3, text.find(']') - 3)), nullptr, 16);
      REQUIRE(code < 0x10000);
      REQUIRE(code >= 0x80);
      if (code < 0x800) {
        out += static_cast<char>(0xc0 | code >> 6);
      } else {
        out += static_cast<char>(0xe0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
      }
      out += static_cast<char>(0x80 | (code & 0x3f));
      text.remove_prefix(text.find(']') + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

/// page: "newsd.1"
inline std::vector<ManualItem> manual_items(const std::string& page) {
  std::ifstream in(std::string(NEWSD_SOURCE_DIR) + "/conf/man/" + page);
  REQUIRE(in);
  std::vector<ManualItem> items;
  std::string section;
  bool in_text = false;
  for (std::string line; std::getline(in, line);) {
    const bool is_request = line.starts_with('.');
    if (line.starts_with(".Sh ") || line.starts_with(".Ss ")) section = line.substr(4);
    if (line.starts_with(".It ")) items.push_back({section, without_escapes(line.substr(4)), {}});
    if (is_request) {
      in_text = line.starts_with(".It ");
    } else if (in_text && !items.empty()) {
      std::string& text = items.back().text;
      text += (text.empty() ? "" : " ") + without_escapes(line);
    }
  }
  return items;
}

}  // namespace newsd
