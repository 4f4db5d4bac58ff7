# How Texelscope's targets are made: language settings, one include root a folder, embedded shaders, tests.

function(texelscope_build_settings)
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}" PARENT_SCOPE)
  endif()
  set(CMAKE_CXX_STANDARD 20 PARENT_SCOPE)
  set(CMAKE_CXX_STANDARD_REQUIRED ON PARENT_SCOPE)
  set(CMAKE_CXX_EXTENSIONS OFF PARENT_SCOPE)
  if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
  endif()

  add_library(texelscope_settings INTERFACE)
  target_compile_options(texelscope_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                                                       -Wno-missing-field-initializers -Werror=return-type)
  # The CPU references must round as the shaders do: no fused multiply-add the source does not spell out.
  target_compile_options(texelscope_settings INTERFACE -ffp-contract=off)
  if(TEXELSCOPE_SANITIZE)
    target_compile_options(texelscope_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                                                         -fno-omit-frame-pointer)
    target_link_options(texelscope_settings INTERFACE -fsanitize=address,undefined)
  endif()
endfunction()

# texelscope_library(NAME SOURCES file... DEPS folder-target... [EXTERNAL cmake-target...])
#
# Makes target `txs_NAME` (codecs/bc7 becomes NAME codecs_bc7). Its only include root is build/roots/NAME, which holds one
# link to the source folder, so `#include "image/image.h"` compiles in a folder only if that folder lists `image` in DEPS.
# Links are PRIVATE: nothing is inherited, each folder lists all it uses.
function(texelscope_library name)
  cmake_parse_arguments(ARG "" "FOLDER" "SOURCES;DEPS;EXTERNAL" ${ARGN})
  set(target txs_${name})
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER ${name})
  endif()
  add_library(${target} STATIC ${ARG_SOURCES})
  texelscope_include_root(${target} ${ARG_FOLDER})
  texelscope_link(${target} "${ARG_DEPS}" "${ARG_EXTERNAL}")
endfunction()

function(texelscope_include_root target folder)
  set(root "${CMAKE_BINARY_DIR}/roots/${target}")
  get_filename_component(parent "${root}/${folder}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${folder}" SYMBOLIC)
  target_include_directories(${target} PUBLIC "${root}")
endfunction()

function(texelscope_link target deps external)
  target_link_libraries(${target} PRIVATE texelscope_settings ${external})
  foreach(dep IN LISTS deps)
    target_link_libraries(${target} PRIVATE txs_${dep})
  endforeach()
endfunction()

# texelscope_test(NAME SOURCES file... DEPS ... [EXTERNAL ...] [LABELS label...] [TIMEOUT s] [ENVIRONMENT K=V...])
# One GoogleTest binary, one CTest entry.
function(texelscope_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;EXTERNAL;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  texelscope_link(${name} "${ARG_DEPS}" "${ARG_EXTERNAL};txs_ext_gtest_main")
  target_compile_definitions(${name} PRIVATE TEXELSCOPE_ASSETS="${CMAKE_SOURCE_DIR}/assets")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${ARG_ENVIRONMENT}")
endfunction()
