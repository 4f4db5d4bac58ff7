texelscope_test(block_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/block_schedule_test.cpp"
  DEPS core image gpu codec block shaders
  EXTERNAL txs_ext_glm txs_ext_vulkan)
