add_executable(extract_bench ${CMAKE_SOURCE_DIR}/tests/bench/extract_bench.cpp)
target_link_libraries(extract_bench PRIVATE newsd_flags newsd_extract benchmark::benchmark)
