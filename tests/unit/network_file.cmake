texelscope_test(unit_network_file
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/network_file_test.cpp"
  DEPS core image gpu codec artifact
  EXTERNAL txs_ext_fmt txs_ext_vulkan
  LABELS unit)
