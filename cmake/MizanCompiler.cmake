# Warnings are errors, everywhere in our own code.
add_library(mizan_warnings INTERFACE)
target_compile_options(mizan_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Werror)
# __int128 is used for exact multiplication; pedantic mode would object to the name alone.
target_compile_options(mizan_warnings INTERFACE -Wno-pedantic)
# At -O3, GCC 12 sees an overlap in "text" + std::string that is not there (gcc.gnu.org/PR105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(mizan_warnings INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
# Results must be the same on every machine: no contraction of a*b+c unless the code asks for it.
target_compile_options(mizan_warnings INTERFACE -ffp-contract=off)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
