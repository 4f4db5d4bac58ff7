add_executable(bc_samples "${CMAKE_CURRENT_LIST_DIR}/bc_blocks.cpp")
texelscope_link(bc_samples "core;image;gpu;codec;codecs" "txs_ext_vulkan")
add_test(NAME witness_bc_blocks
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/bc_blocks.py" $<TARGET_FILE:bc_samples>)
set_tests_properties(witness_bc_blocks PROPERTIES LABELS witness TIMEOUT 300)
