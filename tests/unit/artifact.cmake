texelscope_test(unit_artifact
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/artifact_container_layout_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/artifact_container_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/artifact_report_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/artifact_sheet_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/artifact_text_test.cpp"
  DEPS core image gpu codec metrics artifact
  EXTERNAL txs_ext_fmt txs_ext_json txs_ext_ui_font txs_ext_vulkan
  LABELS unit)
