texelscope_test(unit_bc7_search
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/bc7_ranked_plan_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_mode6_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_simplex_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/bc7_search_schedule_test.cpp"
  DEPS core image gpu codec codecs_bc7 shaders
  EXTERNAL txs_ext_glm txs_ext_vulkan
  LABELS unit)
