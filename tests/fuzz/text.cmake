texelscope_test(fuzz_text SOURCES "${CMAKE_CURRENT_LIST_DIR}/text_fuzz.cpp"
  DEPS app_script app_shell app_view codec core display gpu image metrics artifact session
  EXTERNAL txs_ext_imgui txs_ext_vulkan
  LABELS fuzz
  TIMEOUT 120)
