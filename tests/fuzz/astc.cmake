texelscope_test(fuzz_astc
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_fuzz.cpp"
  DEPS core image gpu codec block codecs_astc artifact shaders
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan
  LABELS fuzz
  TIMEOUT 120)
