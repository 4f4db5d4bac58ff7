texelscope_test(golden_neural
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/neural_golden_test.cpp"
  DEPS core image gpu codec codecs metrics artifact gpu_test
  EXTERNAL txs_ext_vulkan txs_ext_fmt
  LABELS golden)
target_compile_definitions(golden_neural PRIVATE TEXELSCOPE_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/neural.txt")
