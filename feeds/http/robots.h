// robots.txt (RFC 9309): text → what a robot may fetch. As lenient as the large crawlers: misspelt keys, missing colons
// and any line ends are read. Linear in the file, bounded, pure, any thread. It concerns pages; a feed that somebody
// subscribed to is fetched as subscribed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class Robots {
 public:
  /// Of the file; RFC 9309 asks for at least 500 KiB. What follows is ignored.
  static constexpr std::size_t kMaxBytes = 512 << 10;
  /// Of one line; what follows is ignored.
  static constexpr std::size_t kMaxLineBytes = 2083 * 8;

  static Robots parse(std::string_view text);
  /// What an unreachable robots.txt means (RFC 9309, 2.3.1.4): nothing may be fetched.
  static Robots disallow_all();

  /// Whether the robot named `product` ("newsd", letters, hyphens, underscores; what follows in an agent's name does
  /// not count) may fetch the URL, or a path with its query. The longest rule that matches wins, of equal ones the
  /// one that allows; groups of the same robot are one; without a group of its own those of "*" hold.
  bool allows(std::string_view product, std::string_view url) const;

 private:
  struct Rule {
    bool allow = false;
    std::string pattern;  ///< percent-encoding normalised
  };
  struct Group {
    std::vector<std::string> agents;  ///< lower case; "*" for all
    std::vector<Rule> rules;
  };
  std::vector<Group> groups_;
};

}  // namespace newsd
