texelscope_test(session_counts_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/session_counts_test.cpp"
  DEPS core image gpu codec codecs metrics display artifact session gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
