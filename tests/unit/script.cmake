texelscope_test(script_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/script_test.cpp
  DEPS app_script app_view core image gpu codec metrics display artifact session
  EXTERNAL txs_ext_vulkan LABELS unit)
