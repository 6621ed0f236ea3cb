# Puts the parts of the report page together as C++ string constants:
#   cmake -DSOURCE=<report_page folder> -DMESSAGES=<catalogue folder> -DOUTPUT=<.cc> -P embed.cmake
# The scripts are ES modules for tests and editors; here they are joined in the order of use, without imports, exports,
# comment lines and indentation. Their top-level names are therefore unique (a test holds them to it).
set(modules dom state format messages download axis charts parts table suppliers annotators consensus confusion tasks about header main)

function(read_without_indentation path result)
  file(READ ${path} text)
  string(REGEX REPLACE "\n[ ]+" "\n" text "\n${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Spaces around punctuation go as well; no string in the scripts may hold such a pair (a test holds them to that too).
function(tighten text result)
  foreach(pair IN ITEMS " => " " = " " === " " !== " " && " " || " " ?? " " ? " " > " " < ")
    string(STRIP "${pair}" tight)
    string(REPLACE "${pair}" "${tight}" text "${text}")
  endforeach()
  foreach(pair IN ITEMS ", " ": " "{ " " }" " {")
    string(STRIP "${pair}" tight)
    string(REPLACE "${pair}" "${tight}" text "${text}")
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(script "")
foreach(module IN LISTS modules)
  read_without_indentation(${SOURCE}/${module}.js text)
  string(REGEX REPLACE "\nimport [^\n]*" "\n" text "${text}")
  string(REGEX REPLACE "\n//[^\n]*" "\n" text "${text}")
  string(REPLACE "\nexport " "\n" text "${text}")
  string(APPEND script "${text}")
endforeach()
tighten("${script}" script)
string(REGEX REPLACE "\n\n+" "\n" script "${script}")

read_without_indentation(${SOURCE}/style.css style)
string(REGEX REPLACE "/\\*[^*]*\\*/" "" style "${style}")
tighten("${style}" style)
string(REPLACE "\;" ";" style "${style}")
string(REPLACE "; " ";" style "${style}")
string(REPLACE ";}" "}" style "${style}")
string(REGEX REPLACE "\n+" "\n" style "${style}")

file(READ ${MESSAGES}/en.json english_source)
foreach(language IN ITEMS en ar)
  read_without_indentation(${MESSAGES}/${language}.json text)
  string(REGEX REPLACE "\n\n+" "\n" text "${text}")
  string(REPLACE "\": \"" "\":\"" text "${text}")
  string(REPLACE "\",\n\"" "\",\"" messages_${language} "${text}")
endforeach()

file(READ ${SOURCE}/template.html page)
string(FIND "${page}" "@REPORT@" split)
string(SUBSTRING "${page}" 0 ${split} before)
math(EXPR split "${split} + 8")
string(SUBSTRING "${page}" ${split} -1 after)
string(REPLACE "@STYLE@" "${style}" before "${before}")
string(REPLACE "@MESSAGES_EN@" "${messages_en}" before "${before}")
string(REPLACE "@MESSAGES_AR@" "${messages_ar}" before "${before}")
string(REPLACE "@SCRIPT@" "${script}" after "${after}")

# A string literal may be no longer than 64 KiB in portable C++, so texts are cut into pieces, at ends of lines.
function(literal name text result)
  set(code "const std::string_view ${name} =")
  string(LENGTH "${text}" length)
  while(length GREATER 20000)
    string(SUBSTRING "${text}" 20000 -1 rest)
    string(FIND "${rest}" "\n" line_end)
    if(line_end EQUAL -1)
      break()
    endif()
    math(EXPR size "20000 + ${line_end} + 1")
    string(SUBSTRING "${text}" 0 ${size} piece)
    string(SUBSTRING "${text}" ${size} -1 text)
    string(LENGTH "${text}" length)
    string(APPEND code "\n  R\"mizan(${piece})mizan\"")
  endwhile()
  string(APPEND code "\n  R\"mizan(${text})mizan\"")
  set(${result} "${code};\n" PARENT_SCOPE)
endfunction()

literal(kPageBeforeReport "${before}" code_before)
literal(kPageAfterReport "${after}" code_after)
literal(kEnglishMessages "${english_source}" code_english)
file(WRITE ${OUTPUT}.tmp "// Made by embed.cmake from src/mizan/app/report_page and src/mizan/app/messages.
#include \"mizan/app/report_page_text.h\"

namespace mizan::app {

${code_before}
${code_after}
${code_english}
}  // namespace mizan::app
")
file(RENAME ${OUTPUT}.tmp ${OUTPUT})
