texelscope_test(bc7_search_gpu_test
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_support.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_reference_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_pace_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_encode_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_ranked_test.cpp"
  DEPS core image gpu codec codecs_bc7 shaders gpu_test
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS gpu)
