texelscope_test(unit_network_file
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/network_file_refuse_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/network_file_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/network_numpy_test.cpp"
  DEPS core image gpu codec artifact
  EXTERNAL txs_ext_fmt txs_ext_vulkan txs_ext_zlib
  LABELS unit)
