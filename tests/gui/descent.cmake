texelscope_test(gui_descent
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/descent_tab_test.cpp"
  DEPS app_panels app_plots app_shell app_theme app_view artifact codec core display gpu gpu_test image metrics session
  EXTERNAL txs_ext_imgui txs_ext_vulkan
  LABELS gui)
