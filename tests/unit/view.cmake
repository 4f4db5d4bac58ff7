texelscope_test(unit_view
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/view_projection_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/view_content_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/view_filter_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/view_light_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/category_layout_test.cpp"
  DEPS app_theme app_view artifact codec core display gpu image metrics session
  EXTERNAL txs_ext_imgui txs_ext_vulkan
  LABELS unit)
