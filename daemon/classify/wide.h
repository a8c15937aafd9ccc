// NEWSD_WIDE: before a function whose loops add lanes of integers. It is compiled for processors with AVX2, too, and
// which of the two runs is chosen when the program starts; both give the same sums.
#pragma once

// Sanitisers are not ready yet when the choice is made; clang-14 makes it for functions of one file only.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define NEWSD_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define NEWSD_WIDE
#endif
