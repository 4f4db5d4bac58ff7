texelscope_test(metrics_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/metrics_test.cpp"
  DEPS core image gpu metrics
  EXTERNAL txs_ext_vulkan
  LABELS unit)
