texelscope_test(unit_plots SOURCES "${CMAKE_CURRENT_LIST_DIR}/panels_axis_test.cpp"
                                   "${CMAKE_CURRENT_LIST_DIR}/panels_polyline_test.cpp"
                                   "${CMAKE_CURRENT_LIST_DIR}/panels_simplex_test.cpp"
                DEPS core codec app_plots LABELS unit)

texelscope_test(unit_panels SOURCES "${CMAKE_CURRENT_LIST_DIR}/panels_block_colours_test.cpp"
                                    "${CMAKE_CURRENT_LIST_DIR}/panels_move_text_test.cpp"
                                    "${CMAKE_CURRENT_LIST_DIR}/panels_run_label_test.cpp"
                                    "${CMAKE_CURRENT_LIST_DIR}/panels_health_text_test.cpp"
                DEPS core image gpu codec metrics display artifact session app_plots app_panels app_theme
                EXTERNAL txs_ext_imgui txs_ext_vulkan LABELS unit)
