texelscope_test(bc_low_block_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc_low_block_test.cpp"
  DEPS core image gpu codec block codecs_bc1 codecs_bc3 codecs_bc4 codecs_bc5 shaders
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS unit)
