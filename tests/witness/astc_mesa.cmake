# Mesa's own ASTC decoder, by OpenGL ES in software. Without EGL, or with another driver, it fails.
texelscope_test(witness_astc_mesa
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/astc_mesa_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/gles_context.cpp"
  DEPS core codec codecs_astc shaders
  EXTERNAL txs_ext_gles txs_ext_fmt txs_ext_glm
  LABELS witness
  TIMEOUT 300
  ENVIRONMENT LIBGL_ALWAYS_SOFTWARE=1)
