// The parts of a drop directory on their own: names, keys, the queue.
#include "feeds/source/drop_queue.h"
#include "feeds/source/drop_release.h"
#include "feeds/source/file_identity.h"

#include <catch2/catch.hpp>

#include <string>

namespace newsd {

using std::chrono::milliseconds;

TEST_CASE("a free name has its number before the extension and is never too long") {
  CHECK(free_name("a.txt", 0) == "a.txt");
  CHECK(free_name("a.txt", 2) == "a.2.txt");
  CHECK(free_name("noextension", 1) == "noextension.1");
  CHECK(free_name("a.very long words after a dot", 1) == "a.very long words after a dot.1");
  const std::string longest = std::string(251, 'x') + ".txt";
  CHECK(free_name(longest, 12).size() == 255);
  CHECK(free_name(longest, 12).ends_with("x.12.txt"));
}

TEST_CASE("the reason of a long name is told from that of a name alike") {
  CHECK(reason_name("a.txt", 0) == "a.txt.reason.json");
  const std::string longest(255, 'x');
  CHECK(reason_name(longest, 0) == std::string(200, 'x') + ".reason.json");
  CHECK(reason_name(longest, 3) == std::string(200, 'x') + ".3.reason.json");
  CHECK(reason_name(std::string(243, 'x'), 0).size() == 255);
}

TEST_CASE("a key tells files apart by name, inode, size and both times") {
  FileStamp stamp;
  stamp.inode = 7;
  stamp.size = 100;
  stamp.modified = 1'700'000'000'123'456'789;
  stamp.changed = 5;
  const std::string prefix = drop_key_prefix("/in");
  const InputKey key = drop_key(prefix, "a.txt", stamp);
  CHECK(key.value == std::string("drop:/in\0a.txt\0", 15) + "7:100:1700000000123456789:5");
  CHECK(key.value.starts_with(prefix));
  FileStamp other = stamp;
  other.changed = 6;
  CHECK_FALSE(drop_key(prefix, "a.txt", other) == key);
  CHECK_FALSE(drop_key(drop_key_prefix("/in2"), "a.txt", stamp).value.starts_with(prefix));
}

TEST_CASE("any path has a URI of unreserved characters") {
  CHECK(file_uri("/a b/\xff\n%.txt") == "file:///a%20b/%FF%0A%25.txt");
  CHECK(file_uri("/plain-._~/x") == "file:///plain-._~/x");
}

TEST_CASE("hidden and unfinished names are not finished") {
  for (const char* name : {"", ".", "..", ".x", "x.tmp", "x.part", ".tmp"}) CHECK_FALSE(is_finished_name(name));
  for (const char* name : {"x", "x.tmp.txt", "part", "tmp", "x.TMP"}) CHECK(is_finished_name(name));
}

TEST_CASE("the queue gives names in order, and those that wait when their time has come") {
  DropQueue queue;
  const DropQueue::Time start{};
  queue.ready("b");
  queue.ready("a");
  queue.later("soon", start + milliseconds(10));
  queue.later("sooner", start + milliseconds(5));
  CHECK(*queue.front() == "b");
  CHECK(queue.next_due() == start + milliseconds(5));
  queue.erase("b");
  CHECK(*queue.front() == "a");
  queue.writing("a");
  CHECK(queue.front() == nullptr);
  queue.wake(start + milliseconds(9));
  CHECK(*queue.front() == "sooner");
  queue.erase("sooner");
  CHECK(queue.front() == nullptr);
  queue.wake(start + milliseconds(10));
  CHECK(*queue.front() == "soon");
  CHECK_FALSE(queue.next_due());
}

TEST_CASE("a name is in the queue once, wherever it moves") {
  DropQueue queue;
  const DropQueue::Time start{};
  queue.ready("a");
  queue.later("a", start + milliseconds(1));
  queue.later("a", start + milliseconds(2));
  queue.ready("a");
  queue.ready("a");
  CHECK(queue.size() == 1);
  CHECK_FALSE(queue.next_due());
  queue.erase("a");
  CHECK(queue.empty());
  CHECK(queue.front() == nullptr);
}

}  // namespace newsd
