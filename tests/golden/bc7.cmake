texelscope_test(golden_bc7
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc7_golden_test.cpp"
  DEPS core image gpu codec codecs_bc7 metrics gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan txs_ext_fmt
  LABELS golden)
target_compile_definitions(golden_bc7 PRIVATE TEXELSCOPE_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/bc7.txt")
