add_executable(classify_bench ${CMAKE_SOURCE_DIR}/tests/bench/classify_bench.cpp)
target_link_libraries(classify_bench PRIVATE newsd_flags newsd_classify benchmark::benchmark)
