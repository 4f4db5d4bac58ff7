add_executable(container_samples "${CMAKE_CURRENT_LIST_DIR}/container.cpp")
texelscope_link(container_samples "core;image;gpu;codec;codecs;artifact" "txs_ext_fmt;txs_ext_vulkan")
add_test(NAME witness_container
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/container.py" $<TARGET_FILE:container_samples>)
set_tests_properties(witness_container PROPERTIES LABELS witness TIMEOUT 120)

# ktx-parse comes from npm: where there is none, or no way to it, the test says so and counts as skipped.
add_test(NAME witness_ktx_parse
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/container_ktx_parse.py" $<TARGET_FILE:container_samples>
                 "${CMAKE_BINARY_DIR}/ktx-parse")
set_tests_properties(witness_ktx_parse PROPERTIES LABELS witness TIMEOUT 180 SKIP_RETURN_CODE 77)
