texelscope_test(neural_variants_test
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/neural_support.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_variants_test.cpp"
  DEPS core image gpu codec codecs neural artifact shaders gpu_test
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan
  LABELS gpu)
