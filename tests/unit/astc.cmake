texelscope_test(astc_test
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/astc_block_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/astc_sequence_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/astc_witness_test.cpp"
  DEPS core codec codecs_astc shaders
  EXTERNAL txs_ext_astcenc txs_ext_fmt txs_ext_glm)

texelscope_test(astc_inspection_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_inspection_test.cpp"
  DEPS core image gpu codec block codecs_astc shaders
  EXTERNAL txs_ext_fmt txs_ext_glm txs_ext_vulkan)

texelscope_test(astc_file_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_file_test.cpp"
  DEPS core image gpu codec codecs artifact
  EXTERNAL txs_ext_astcenc txs_ext_fmt txs_ext_vulkan)
