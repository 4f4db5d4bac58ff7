add_executable(xdnd_drop "${CMAKE_CURRENT_LIST_DIR}/xdnd_drop.cpp")
texelscope_link(xdnd_drop "" txs_ext_x11)
add_test(NAME window COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/window_test.py")
set_tests_properties(window PROPERTIES LABELS gui TIMEOUT 900 RUN_SERIAL ON
  ENVIRONMENT "TEXELSCOPE=$<TARGET_FILE:texelscope>;XDND_DROP=$<TARGET_FILE:xdnd_drop>;TEXELSCOPE_SAMPLES=${CMAKE_SOURCE_DIR}/assets/samples")
