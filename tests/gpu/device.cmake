# What every GPU test links: the fixture with one validated device a process.
add_library(txs_gpu_test STATIC "${CMAKE_CURRENT_SOURCE_DIR}/support/gpu_test.cpp")
target_include_directories(txs_gpu_test PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/support")
texelscope_link(txs_gpu_test "core;gpu" "txs_ext_vulkan;txs_ext_gtest")

texelscope_embed_shaders(txs_device_test_shaders FOLDER "${CMAKE_CURRENT_SOURCE_DIR}" LOOKUP device_test_shader
  STAGES device_fill.comp device_image.comp)
texelscope_test(device_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/device_test.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/device_reload_test.cpp"
  DEPS core gpu gpu_test device_test_shaders
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
target_compile_definitions(device_test PRIVATE TEST_GLSLC="${GLSLC}")
texelscope_test(device_draw_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/device_draw_test.cpp"
  DEPS core gpu gpu_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu)
texelscope_test(device_window_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/device_window_test.cpp"
  DEPS core gpu gpu_test
  EXTERNAL txs_ext_vulkan txs_ext_glfw
  LABELS gpu)
