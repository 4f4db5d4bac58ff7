texelscope_test(astc_seen_gpu_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_seen_test.cpp"
  DEPS core image gpu codec block codecs_astc shaders gpu_test block_encode_test
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan
  LABELS gpu)
