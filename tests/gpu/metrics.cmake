texelscope_test(metrics_gpu_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/metrics_test.cpp"
  DEPS core image gpu metrics gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
