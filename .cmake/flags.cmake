# Compile and link flags of everything that is newsd's own, carried by the interface target newsd_flags.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(NEWSD_CCACHE ccache)
if(NEWSD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${NEWSD_CCACHE})
endif()

add_library(newsd_flags INTERFACE)
target_include_directories(newsd_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(newsd_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(NEWSD_WERROR)
  target_compile_options(newsd_flags INTERFACE -Werror)
endif()

include(CheckPIESupported)
check_pie_supported()

if(NEWSD_SANITIZE)
  add_compile_options(-fsanitize=${NEWSD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${NEWSD_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options(-fno-sanitize=pointer-overflow)  # RapidJSON 1.1 adds an offset to its empty stack's null pointer
  endif()
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  # hardening: overflows and wild jumps in a program that reads untrusted bytes all day end it instead of corrupting it
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
    -fstack-clash-protection $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(NEWSD_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "libFuzzer is clang's: configure NEWSD_FUZZ with -DCMAKE_CXX_COMPILER=clang++-14")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)  # coverage of all code under test, not of the target's own file alone
endif()
if(NEWSD_SANITIZE STREQUAL "thread")
  add_compile_options(-Wno-tsan)  # Asio's fences
endif()

# a fast linker when there is one: linking is a third of an incremental build
find_program(NEWSD_MOLD mold)
find_program(NEWSD_LLD ld.lld)
if(NEWSD_MOLD AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(-fuse-ld=mold)
elseif(NEWSD_LLD)
  add_link_options(-fuse-ld=lld)
endif()
