# Bundles the contract and puts it, the API reference and the list of errors into mizan_http.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(contract_text ${CMAKE_BINARY_DIR}/generated/mizan/http/contract_text.cc)
file(GLOB_RECURSE contract_parts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/openapi/*.yaml ${CMAKE_SOURCE_DIR}/scripts/openapi.d/*.py)
add_custom_command(OUTPUT ${contract_text}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/scripts/openapi --cc ${contract_text} --out ${CMAKE_BINARY_DIR}/generated/openapi.json
  DEPENDS ${contract_parts} ${CMAKE_SOURCE_DIR}/scripts/openapi ${CMAKE_SOURCE_DIR}/docs/errors/README.md
  COMMENT "Bundling the contract of the API")
target_sources(mizan_http PRIVATE ${contract_text})
