# What handing events to consumers costs: one and sixteen readers of a unix socket, from the tail and from the journal.
add_executable(emit_bench ${CMAKE_SOURCE_DIR}/tests/bench/emit_bench.cpp)
target_link_libraries(emit_bench PRIVATE newsd_flags newsd_emit benchmark::benchmark Threads::Threads)
