texelscope_test(bc6h_encode_gpu_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc6h_encode_test.cpp"
  DEPS core image gpu codec block codecs_bc6h shaders gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS gpu)
