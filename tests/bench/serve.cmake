# What handing events to clients of the HTTP server costs, in each shape.
add_executable(serve_bench ${CMAKE_SOURCE_DIR}/tests/bench/serve_bench.cpp)
target_link_libraries(serve_bench PRIVATE newsd_flags newsd_serve benchmark::benchmark Threads::Threads)
