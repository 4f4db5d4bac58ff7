texelscope_test(unit_image_assets
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/image_assets_test.cpp"
  DEPS core image samples
  LABELS unit)
