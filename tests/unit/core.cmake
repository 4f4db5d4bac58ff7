texelscope_test(unit_core
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/core_files_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/core_log_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/core_ticks_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/core_worker_test.cpp"
  DEPS core
  LABELS unit)
