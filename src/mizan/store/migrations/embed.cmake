# Puts the migrations together as C++ constants:
#   cmake -DSOURCE=<this folder> -DOUTPUT=<.cc> -P embed.cmake
file(GLOB files ${SOURCE}/*.sql)
list(SORT files)
set(entries "")
set(expected 0)
foreach(file IN LISTS files)
  get_filename_component(stem ${file} NAME_WE)
  if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
    message(FATAL_ERROR "${file}: a migration is named 0001_name.sql")
  endif()
  set(name ${CMAKE_MATCH_2})
  string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
  math(EXPR expected "${expected} + 1")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${file}: the next migration's number is ${expected}")
  endif()
  file(READ ${file} text)
  string(APPEND entries "    Migration{${number}, \"${name}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from store/migrations by embed.cmake.
#include \"mizan/store/migrate.h\"

#include <array>

namespace mizan::store {
namespace {
constexpr std::array kMigrations{
${entries}};
}  // namespace

std::span<const Migration> all_migrations() { return kMigrations; }

}  // namespace mizan::store
")
