texelscope_test(fuzz_network
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/network_fuzz.cpp"
  DEPS core image gpu codec artifact
  EXTERNAL txs_ext_vulkan txs_ext_zlib
  LABELS fuzz
  TIMEOUT 120)
