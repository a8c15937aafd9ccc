// News made up for tests: sentences of words that mean nothing, the same for the same seed.
#pragma once

#include "tests/daemon/dedupe/desk.h"

#include <random>
#include <string>
#include <vector>

namespace newsd {

class MadeNews {
 public:
  explicit MadeNews(unsigned seed) : random_(seed) {}
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  std::string word() {
    static const char* const kSyllables[] = {"ka",  "lo",  "mi",  "ter", "sun", "vor",
                                             "eth", "pan", "dro", "wil", "ash", "ben"};
    std::string made;
    for (unsigned i = 0; i < 2 + below(3); ++i) made += kSyllables[below(12)];
    return made;
  }
  std::string sentence(unsigned words = 12) {
    std::string made = "The";
    for (unsigned i = 0; i < words; ++i) made += " " + word();
    return made + ".";
  }
  std::vector<std::string> sentences(unsigned count) {
    std::vector<std::string> made;
    for (unsigned i = 0; i < count; ++i) made.push_back(sentence());
    return made;
  }

 private:
  std::mt19937 random_;
};

inline std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

/// Of a stream, so that nothing but the URL and the text says which article it is.
inline Candidate published_on(const std::string& host, const std::string& page, const std::string& headline,
                              const std::string& text, const std::string& published = "2024-03-01T10:00:00Z") {
  Article made = with_url(article(headline, {text}), "https://" + host + "/" + page);
  made.publisher = host;
  made.published = When{published, Precision::Time, published};
  Origin origin = dropped_as("");
  origin.kind = OriginKind::Stdin;
  return candidate_of(made, origin);
}

}  // namespace newsd
