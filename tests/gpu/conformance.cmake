texelscope_test(conformance_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/conformance_test.cpp"
  DEPS core image gpu codec codecs artifact gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu
  TIMEOUT 900)
