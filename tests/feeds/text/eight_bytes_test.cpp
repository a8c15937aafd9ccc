#include "feeds/text/eight_bytes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>

using namespace newsd;

TEST_CASE("what is said of eight bytes is what is said of each of them") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string odd = "  aAzZ@[`{~\x1F\x7F\x80\xBF\xC3\xFF\n";
  for (int i = 0; i < 20000; ++i) {
    std::string text(EightBytes::kSize, 'x');
    for (char& c : text)
      if (random() % 2 == 0) c = random() % 4 == 0 ? static_cast<char>(random() % 256) : odd[random() % odd.size()];
    CAPTURE(text);
    const EightBytes eight = EightBytes::at(text.data());
    const auto all = [&](auto test) { return std::all_of(text.begin(), text.end(), test); };
    const auto byte = [](char c) { return static_cast<unsigned char>(c); };
    REQUIRE(eight.are_ascii() == all([&](char c) { return byte(c) < 0x80; }));
    REQUIRE(eight.are_printable() == all([](char c) { return c >= ' ' && c <= '~'; }));
    for (const char c : {' ', '\n', 'x', '\xFF', '\0'}) {
      REQUIRE(eight.have(c) == (text.find(c) != std::string::npos));
      REQUIRE(eight.have_twice(c) == (text.find(std::string(2, c)) != std::string::npos));
      REQUIRE(eight.count(c) == static_cast<std::size_t>(std::count(text.begin(), text.end(), c)));
    }
    REQUIRE(eight.characters() == static_cast<std::size_t>(std::count_if(
                                      text.begin(), text.end(), [&](char c) { return (byte(c) & 0xC0) != 0x80; })));
    if (!eight.are_ascii()) continue;
    std::string lower(EightBytes::kSize, ' ');
    eight.lower().put(lower.data());
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    REQUIRE(lower == text);
  }
}
