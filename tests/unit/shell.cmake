texelscope_test(unit_shell
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/shell_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/theme_format_test.cpp"
  DEPS app_panels app_plots app_shell app_theme app_view artifact codec core display gpu image metrics session
  EXTERNAL txs_ext_imgui txs_ext_vulkan
  LABELS unit)
