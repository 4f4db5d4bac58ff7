texelscope_test(mip_export_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/mip_export_test.cpp"
  DEPS core image gpu codec codecs metrics display artifact session gpu_test
  EXTERNAL txs_ext_json txs_ext_vulkan
  LABELS gpu)
