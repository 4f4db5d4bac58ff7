texelscope_embed_shaders(txs_bc_low_test_shaders FOLDER "${CMAKE_CURRENT_SOURCE_DIR}" LOOKUP bc_low_test_shader
  STAGES bc_low_sample.comp)
texelscope_test(bc_low_decode_gpu_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc_low_decode_test.cpp"
  DEPS core image gpu codec codecs_bc1 codecs_bc3 codecs_bc4 codecs_bc5 gpu_test bc_low_test_shaders
  EXTERNAL txs_ext_vulkan
  LABELS gpu
  TIMEOUT 600)
texelscope_test(bc_low_search_gpu_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/bc_low_search_test.cpp"
  DEPS core image gpu codec codecs_bc1 codecs_bc3 codecs_bc4 codecs_bc5 gpu_test block_encode_test
  EXTERNAL txs_ext_vulkan
  LABELS gpu
  TIMEOUT 600)
