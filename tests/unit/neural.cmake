texelscope_test(unit_neural
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/neural_model_test.cpp"
  DEPS core image codec neural shaders
  EXTERNAL txs_ext_glm
  LABELS unit)
