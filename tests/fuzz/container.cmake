texelscope_test(fuzz_container
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/container_fuzz.cpp"
  DEPS core image codec artifact
  LABELS fuzz
  TIMEOUT 120)
