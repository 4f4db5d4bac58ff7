texelscope_test(display_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/display_test.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/display_feature_look_test.cpp"
  DEPS display
  LABELS unit)
