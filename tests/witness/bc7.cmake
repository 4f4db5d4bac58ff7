add_executable(bc7_samples "${CMAKE_CURRENT_LIST_DIR}/bc7.cpp")
texelscope_link(bc7_samples "core;image;codec;codecs_bc7" "")
add_test(NAME witness_bc7
         COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/bc7.py" $<TARGET_FILE:bc7_samples>)
set_tests_properties(witness_bc7 PROPERTIES LABELS witness TIMEOUT 120)
