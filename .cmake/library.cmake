# newsd_library(NAME SOURCES… DEPS… [PRIVATE…]): the static library of one folder. DEPS are what it may include; a
# lint test holds them to tests/lint/layers.txt, as it does every #include.
function(newsd_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC newsd_flags ${ARG_DEPS} PRIVATE ${ARG_PRIVATE})
endfunction()

# newsd_test(NAME SOURCES… DEPS… [TIMEOUT seconds] [LABEL label]): one Catch2 program, each of its cases a ctest with
# the label (default: unit). Cases find the repository at NEWSD_SOURCE_DIR.
function(newsd_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;LABEL" "SOURCES;DEPS" ${ARGN})
  if(NOT NEWSD_TESTS)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE newsd_flags ${ARG_DEPS} Catch2::Catch2WithMain)
  target_compile_definitions(${name} PRIVATE NEWSD_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # only what is tested is optimised: the tests' own code gains nothing by it and takes three times as long to compile
  target_compile_options(${name} PRIVATE -O0 -U_FORTIFY_SOURCE)
  catch_discover_tests(${name} TEST_PREFIX "${name}: " PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${ARG_LABEL})
endfunction()

# newsd_fuzz(NAME DEPS…): tests/fuzz/NAME_fuzz.cpp as a libFuzzer program (part of the target `fuzz`) when NEWSD_FUZZ
# is on, and as a replay of tests/fuzz/corpus/NAME in ctest when the tests are built.
function(newsd_fuzz name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  set(source ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp)
  if(NEWSD_FUZZ)
    add_executable(${name}_fuzz ${source})
    target_link_libraries(${name}_fuzz PRIVATE newsd_flags ${ARG_DEPS})
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name}_fuzz PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    add_dependencies(fuzz ${name}_fuzz)
  endif()
  if(NEWSD_TESTS)
    add_executable(${name}_fuzz_replay ${source} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.cpp)
    target_link_libraries(${name}_fuzz_replay PRIVATE newsd_flags ${ARG_DEPS})
    add_test(NAME "fuzz: ${name} corpus replayed"
      COMMAND ${name}_fuzz_replay ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    set_tests_properties("fuzz: ${name} corpus replayed" PROPERTIES TIMEOUT 60 LABELS fuzz)
  endif()
endfunction()

# newsd_embed(TARGET SYMBOL FILE): the bytes of FILE inside the program, as `std::string_view
# newsd::embedded::SYMBOL()`.
function(newsd_embed target symbol file)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
  file(WRITE ${out}.tmp
"#include <string_view>
__asm__(\".section .rodata\\n.balign 64\\n.global newsd_embedded_${symbol}_begin\\n.global newsd_embedded_${symbol}_end\\n\"
        \"newsd_embedded_${symbol}_begin:\\n.incbin \\\"${file}\\\"\\n\"
        \"newsd_embedded_${symbol}_end:\\n.byte 0\\n.previous\\n\");
extern \"C\" const char newsd_embedded_${symbol}_begin[], newsd_embedded_${symbol}_end[];
namespace newsd::embedded {
std::string_view ${symbol}();
std::string_view ${symbol}() { return {newsd_embedded_${symbol}_begin, newsd_embedded_${symbol}_end}; }
}  // namespace newsd::embedded
")
  configure_file(${out}.tmp ${out} COPYONLY)
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${out})
endfunction()

# newsd_embed_unpacked(TARGET SYMBOL FILE): as newsd_embed, but FILE is a zstd frame and what it holds is put into the
# program: tables that are read where they lie come into memory page by page, when they are asked for.
find_program(NEWSD_ZSTD zstd REQUIRED)
function(newsd_embed_unpacked target symbol file)
  get_filename_component(name ${file} NAME_WLE)
  set(unpacked ${CMAKE_CURRENT_BINARY_DIR}/${name})
  add_custom_command(OUTPUT ${unpacked} COMMAND ${NEWSD_ZSTD} -dqf ${file} -o ${unpacked} DEPENDS ${file} VERBATIM)
  newsd_embed(${target} ${symbol} ${unpacked})
endfunction()
