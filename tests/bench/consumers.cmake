# The real newsd with a thousand consumers while articles come in.
add_executable(consumers_bench ${CMAKE_SOURCE_DIR}/tests/bench/consumers_bench.cpp ${CMAKE_SOURCE_DIR}/tests/support/consumer_crowd.cpp)
target_link_libraries(consumers_bench PRIVATE newsd_flags newsd_article fmt::fmt Threads::Threads)
