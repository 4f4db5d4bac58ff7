texelscope_test(golden_bc6h
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc6h_golden_test.cpp"
  DEPS core image gpu codec codecs_bc6h metrics gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan txs_ext_fmt
  LABELS golden)
target_compile_definitions(golden_bc6h PRIVATE TEXELSCOPE_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/bc6h.txt")
