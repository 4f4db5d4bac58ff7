texelscope_test(unit_bc6h_block
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc6h_block_test.cpp"
  DEPS core image gpu codec block codecs_bc6h shaders
  EXTERNAL txs_ext_glm txs_ext_vulkan
  LABELS unit)
