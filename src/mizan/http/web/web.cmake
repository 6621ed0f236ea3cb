# Puts web/dist, when it has been built, into mizan_http: one pack of gzip members by .incbin, and a table of them.
# The pack is made at every build but written only when it differs, so that an unchanged app costs nothing.
set(web_generated ${CMAKE_BINARY_DIR}/generated/mizan/http/web)
set(web_pack_outputs ${web_generated}/web_files.cc ${web_generated}/web_pack.S ${web_generated}/web.pack)
add_custom_target(mizan_web_pack
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/scripts/web.d/pack --dist ${CMAKE_SOURCE_DIR}/web/dist --out ${web_generated}
  BYPRODUCTS ${web_pack_outputs}
  COMMENT "Packing the web app")
set_source_files_properties(${web_pack_outputs} PROPERTIES GENERATED TRUE)
set_source_files_properties(${web_generated}/web_pack.S PROPERTIES OBJECT_DEPENDS ${web_generated}/web.pack)
target_sources(mizan_http PRIVATE ${web_generated}/web_files.cc ${web_generated}/web_pack.S)
add_dependencies(mizan_http mizan_web_pack)
