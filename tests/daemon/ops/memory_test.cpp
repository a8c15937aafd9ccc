#include "daemon/ops/memory.h"

#include <catch2/catch.hpp>

#include <cstddef>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

// a sanitiser's allocator is another
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#include <malloc.h>

namespace newsd {

TEST_CASE("large blocks are mapped, whatever was freed before") {
  map_large_blocks();
  std::string(8 << 20, 'x').shrink_to_fit();
  const auto mapped = mallinfo2().hblks;
  const std::string large(256 << 10, 'x');
  CHECK(mallinfo2().hblks == mapped + 1);
  CHECK(large.back() == 'x');
}

TEST_CASE("what is free is given back") {
  const auto resident_pages = [] {
    std::size_t all = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident;
  };
  constexpr std::size_t kBlocks = 4096, kBlock = 4096;
  std::vector<std::string> many(kBlocks);
  for (std::string& block : many) block.assign(kBlock, 'x');
  const std::string above = std::move(many.back());  // holds the heap's end where it is
  many.clear();
  const std::size_t before = resident_pages();
  give_back_memory();
  CHECK(resident_pages() + kBlocks / 2 < before);
}

}  // namespace newsd

#endif
