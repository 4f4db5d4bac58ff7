texelscope_test(astc_descent_test
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_snapping_test.cpp"
  DEPS core codec codecs_astc shaders
  EXTERNAL txs_ext_fmt txs_ext_glm)
