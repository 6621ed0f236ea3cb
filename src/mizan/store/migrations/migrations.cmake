# The SQL of store/migrations, compiled into the module store.
set(folder ${CMAKE_CURRENT_LIST_DIR})
file(GLOB migrations CONFIGURE_DEPENDS ${folder}/*.sql)
set(output ${CMAKE_BINARY_DIR}/generated/mizan/store/migrations.cc)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated/mizan/store)
add_custom_command(OUTPUT ${output}
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${folder} -DOUTPUT=${output} -P ${folder}/embed.cmake
  DEPENDS ${migrations} ${folder}/embed.cmake
  COMMENT "Embedding the migrations" VERBATIM)
target_sources(mizan_store PRIVATE ${output})
