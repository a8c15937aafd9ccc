add_executable(polling_simulation polling_simulation.cpp ${CMAKE_SOURCE_DIR}/tests/support/polling_world.cpp)
target_link_libraries(polling_simulation PRIVATE newsd_flags newsd_source fmt::fmt)
