texelscope_test(unit_image
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/image_load_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/image_refuse_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/image_convert_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/image_exr_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/image_mips_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/image_save_test.cpp"
          "${CMAKE_CURRENT_LIST_DIR}/../support/exr_files.cpp" "${CMAKE_CURRENT_LIST_DIR}/../support/image_files.cpp"
  DEPS core image
  EXTERNAL txs_ext_openexr txs_ext_stb txs_ext_zlib
  LABELS unit)
