add_executable(xdnd_drop "${CMAKE_CURRENT_LIST_DIR}/xdnd_drop.cpp")
texelscope_link(xdnd_drop "" txs_ext_x11)
foreach(topic window network sides)
  add_test(NAME ${topic} COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/${topic}_test.py")
  set_tests_properties(${topic} PROPERTIES LABELS gui TIMEOUT 900 RUN_SERIAL ON
    ENVIRONMENT "TEXELSCOPE=$<TARGET_FILE:texelscope>;XDND_DROP=$<TARGET_FILE:xdnd_drop>;TEXELSCOPE_SAMPLES=${CMAKE_SOURCE_DIR}/assets/samples")
endforeach()
