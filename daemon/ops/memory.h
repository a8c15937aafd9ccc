// What the allocator does with memory that is free: large blocks go back to the system at once, and what the start
// needed for a moment is given back when it is over. A daemon is measured by what it holds while it rests.
#pragma once

namespace newsd {

/// Before any thread starts: blocks from 128 KiB on are mapped, for good. glibc otherwise raises that bound to the
/// largest block ever freed and keeps what follows.
void map_large_blocks();

/// Gives free memory back to the system. A few milliseconds.
void give_back_memory();

}  // namespace newsd
