foreach(topic commands astc_commands)
  add_test(NAME ${topic} COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/${topic}_test.py")
  set_tests_properties(${topic} PROPERTIES LABELS "commands;gpu" TIMEOUT 600
    ENVIRONMENT "TEXELSCOPE=$<TARGET_FILE:texelscope>;TEXELSCOPE_SAMPLES=${CMAKE_SOURCE_DIR}/assets/samples")
endforeach()
