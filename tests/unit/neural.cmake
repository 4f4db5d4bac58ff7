texelscope_test(unit_neural
  SOURCES
    "${CMAKE_CURRENT_LIST_DIR}/neural_batch_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_decode_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_gradient_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_hash_lists_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_model_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_random_test.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/neural_reference_test.cpp"
  DEPS core image codec neural shaders
  EXTERNAL txs_ext_glm
  LABELS unit)
