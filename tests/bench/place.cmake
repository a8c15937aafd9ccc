add_executable(place_bench ${CMAKE_SOURCE_DIR}/tests/bench/place_bench.cpp)
target_link_libraries(place_bench PRIVATE newsd_flags newsd_dedupe benchmark::benchmark)
