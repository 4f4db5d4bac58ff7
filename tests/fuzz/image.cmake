texelscope_test(fuzz_image
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/image_fuzz.cpp" "${CMAKE_CURRENT_LIST_DIR}/../support/exr_files.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/../support/image_files.cpp"
  DEPS core image
  EXTERNAL txs_ext_openexr txs_ext_stb txs_ext_zlib
  LABELS fuzz
  TIMEOUT 120)
