add_executable(container_samples "${CMAKE_CURRENT_LIST_DIR}/container.cpp")
texelscope_link(container_samples "core;image;codec;codecs_bc7;artifact" "txs_ext_fmt")
add_test(NAME witness_container
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/container.py" $<TARGET_FILE:container_samples>)
set_tests_properties(witness_container PROPERTIES LABELS witness TIMEOUT 120)
