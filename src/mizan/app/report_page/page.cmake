# Embeds the report page and the message catalogue in mizan_app.
set(page_folder ${CMAKE_CURRENT_LIST_DIR})
set(page_text ${CMAKE_BINARY_DIR}/generated/mizan/app/report_page_text.cc)
file(GLOB page_parts CONFIGURE_DEPENDS ${page_folder}/*.js ${page_folder}/*.css ${page_folder}/*.html ${page_folder}/../messages/*.json)
add_custom_command(OUTPUT ${page_text}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated/mizan/app
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${page_folder} -DMESSAGES=${page_folder}/../messages -DOUTPUT=${page_text} -P ${page_folder}/embed.cmake
  DEPENDS ${page_parts} ${page_folder}/embed.cmake
  COMMENT "Putting the report page together")
target_sources(mizan_app PRIVATE ${page_text})
