texelscope_test(unit_registry
  SOURCES "${CMAKE_CURRENT_LIST_DIR}/registry_test.cpp"
  DEPS core image gpu codec codecs codecs_hash_grid codecs_latent_texture neural
  EXTERNAL txs_ext_vulkan
  LABELS unit)
