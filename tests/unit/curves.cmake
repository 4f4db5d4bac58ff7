texelscope_test(unit_curves
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/curves_csv_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/curves_layout_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/curves_plot_test.cpp"
  DEPS core image gpu codec metrics display artifact
  EXTERNAL txs_ext_fmt txs_ext_ui_font txs_ext_vulkan
  LABELS unit)
