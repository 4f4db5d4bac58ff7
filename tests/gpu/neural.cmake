texelscope_test(neural_gpu_test
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/neural_support.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_forward_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_gradient_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_run_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_store_test.cpp"
  DEPS core image gpu codec codecs neural artifact shaders gpu_test
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan
  LABELS gpu)
