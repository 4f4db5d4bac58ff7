# What tests of searches for blocks link: a fixture that starts, runs and reads encodes.
add_library(txs_block_encode_test STATIC "${CMAKE_CURRENT_SOURCE_DIR}/support/block_encode_test.cpp")
target_include_directories(txs_block_encode_test PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/support")
texelscope_link(txs_block_encode_test "core;image;gpu;codec;gpu_test" "txs_ext_vulkan;txs_ext_gtest")
