add_executable(network_samples "${CMAKE_CURRENT_LIST_DIR}/network.cpp")
texelscope_link(network_samples "core;image;gpu;codec;artifact" "txs_ext_vulkan")
add_test(NAME witness_network
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/network.py" $<TARGET_FILE:network_samples>)
set_tests_properties(witness_network PROPERTIES LABELS witness TIMEOUT 120)
