# texelscope_embed_shaders(target FOLDER folder LOOKUP function STAGES path...)
# Adds a library with the SPIR-V of the stages (paths below FOLDER), which `txs::LOOKUP(path)` finds again at run time.
# No -O: the driver's compiler optimises, and glslc -O explodes on kernels with long unrolled loops.

function(texelscope_embed_shaders target)
  cmake_parse_arguments(ARG "" "FOLDER;LOOKUP" "STAGES" ${ARGN})
  set(output_folder "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  file(MAKE_DIRECTORY "${output_folder}")
  set(lookup ${ARG_LOOKUP})
  set(arrays "")
  set(table "")
  set(outputs "")
  foreach(stage IN LISTS ARG_STAGES)
    string(MAKE_C_IDENTIFIER "${stage}" symbol)
    set(output "${output_folder}/${symbol}.inc")
    add_custom_command(
      OUTPUT "${output}"
      COMMAND ${GLSLC} --target-env=vulkan1.3 -Werror -I "${CMAKE_CURRENT_FUNCTION_LIST_DIR}" -mfmt=c -MD -MF "${output}.d"
              -o "${output}" "${ARG_FOLDER}/${stage}"
      DEPENDS "${ARG_FOLDER}/${stage}"
      DEPFILE "${output}.d"
      COMMENT "glslc ${stage}"
      VERBATIM)
    list(APPEND outputs "${output}")
    string(APPEND arrays "constexpr std::uint32_t ${symbol}[] =\n#include \"${symbol}.inc\"\n;\n")
    string(APPEND table "    Stage{\"${stage}\", ${symbol}},\n")
  endforeach()

  configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embedded.cpp.in" "${output_folder}/embedded.cpp" @ONLY)
  set_source_files_properties("${output_folder}/embedded.cpp" PROPERTIES OBJECT_DEPENDS "${outputs}")
  add_library(${target} STATIC "${output_folder}/embedded.cpp" ${outputs})
  texelscope_link(${target} "" "")
  target_include_directories(${target} PRIVATE "${output_folder}")
endfunction()
