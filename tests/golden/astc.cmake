texelscope_test(golden_astc
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_golden_test.cpp"
  DEPS core image gpu codec codecs_astc metrics gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan txs_ext_fmt
  LABELS golden)
target_compile_definitions(golden_astc PRIVATE TEXELSCOPE_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/astc.txt")
