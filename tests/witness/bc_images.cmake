add_test(NAME witness_bc_images COMMAND "${DEBIAN_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/bc_images.py")
set_tests_properties(witness_bc_images PROPERTIES LABELS "witness;gpu" TIMEOUT 600
  ENVIRONMENT "TEXELSCOPE=$<TARGET_FILE:texelscope>;TEXELSCOPE_SAMPLES=${CMAKE_SOURCE_DIR}/assets/samples")
