texelscope_embed_shaders(txs_bc7_decode_test_shaders FOLDER "${CMAKE_CURRENT_SOURCE_DIR}" LOOKUP bc7_decode_test_shader
  STAGES bc7_sample.comp)
texelscope_test(bc7_decode_gpu_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/bc7_decode_test.cpp"
  DEPS core image gpu codec block codecs_bc7 shaders gpu_test bc7_decode_test_shaders
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS gpu)
