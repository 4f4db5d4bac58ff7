texelscope_test(golden_bc_low
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc_low_golden_test.cpp"
  DEPS core image gpu codec codecs_bc1 codecs_bc3 codecs_bc4 codecs_bc5 gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan txs_ext_fmt
  LABELS golden
  TIMEOUT 600)
target_compile_definitions(golden_bc_low PRIVATE TEXELSCOPE_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/bc_low.txt")
