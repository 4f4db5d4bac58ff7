texelscope_test(gui_panels
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/inspector_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/map_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/panels_test.cpp"
  DEPS app_panels app_plots app_shell app_theme app_view artifact codec core display gpu gpu_test image metrics session
  EXTERNAL txs_ext_imgui txs_ext_vulkan
  LABELS gui)
