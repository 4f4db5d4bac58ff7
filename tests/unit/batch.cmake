texelscope_test(unit_batch
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/batch_log_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/batch_plan_test.cpp"
  DEPS app_cli core image
  EXTERNAL txs_ext_json
  LABELS unit)
