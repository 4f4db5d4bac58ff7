texelscope_test(display_gpu_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/display_test.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/display_content_test.cpp"
          "${CMAKE_CURRENT_SOURCE_DIR}/display_counts_test.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/display_features_test.cpp"
          "${CMAKE_CURRENT_SOURCE_DIR}/display_light_test.cpp"
  DEPS core image gpu codec display shaders gpu_test
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS gpu)
