texelscope_test(display_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/display_test.cpp"
  DEPS display
  LABELS unit)
