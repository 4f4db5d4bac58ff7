texelscope_test(astc_search_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_search_tables_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/astc_least_squares_test.cpp"
  DEPS core image gpu codec block codecs_astc shaders
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan)
