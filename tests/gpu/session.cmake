texelscope_test(session_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/session_test.cpp"
  DEPS core image gpu codec codecs metrics display artifact session gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
texelscope_test(session_network_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/session_network_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/session_fake.cpp"
  DEPS core image gpu codec codecs_bc7 metrics display artifact session gpu_test
  EXTERNAL txs_ext_json txs_ext_vulkan
  LABELS gpu)
texelscope_test(session_sides_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/session_sides_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/session_fake.cpp"
  DEPS core image gpu codec codecs_bc7 metrics display artifact session gpu_test
  EXTERNAL txs_ext_json txs_ext_vulkan
  LABELS gpu)
texelscope_test(session_light_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/session_light_test.cpp"
  DEPS core image gpu codec codecs metrics display artifact session gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
