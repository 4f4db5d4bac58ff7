add_test(NAME commands COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/commands_test.py")
set_tests_properties(commands PROPERTIES LABELS "commands;gpu" TIMEOUT 600
  ENVIRONMENT "TEXELSCOPE=$<TARGET_FILE:texelscope>;TEXELSCOPE_SAMPLES=${CMAKE_SOURCE_DIR}/assets/samples")
