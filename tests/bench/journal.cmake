# Commits a second at several batch sizes, CPU and bytes an event, restart with many decisions, the check after an unclean stop.
add_executable(journal_bench ${CMAKE_SOURCE_DIR}/tests/bench/journal_bench.cpp
  ${CMAKE_SOURCE_DIR}/tests/daemon/journal/stream_samples.cpp)
target_link_libraries(journal_bench PRIVATE newsd_flags newsd_journal PkgConfig::SQLITE benchmark::benchmark)
