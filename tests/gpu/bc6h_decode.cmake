texelscope_embed_shaders(txs_bc6h_decode_test_shaders FOLDER "${CMAKE_CURRENT_SOURCE_DIR}" LOOKUP bc6h_decode_test_shader
  STAGES bc6h_sample.comp)
texelscope_test(bc6h_decode_gpu_test
  SOURCES "${CMAKE_CURRENT_SOURCE_DIR}/bc6h_decode_test.cpp"
  DEPS core image gpu codec codecs_bc6h shaders gpu_test bc6h_decode_test_shaders
  EXTERNAL txs_ext_vulkan txs_ext_glm
  LABELS gpu)
