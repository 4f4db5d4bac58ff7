texelscope_test(unit_bc7_block
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc7_block_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/bc7_block_random_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/bc7_inspection_test.cpp"
  DEPS core image codec codecs_bc7 shaders
  EXTERNAL txs_ext_glm
  LABELS unit)
