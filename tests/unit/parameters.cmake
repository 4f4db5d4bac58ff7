texelscope_test(unit_parameters SOURCES "${CMAKE_CURRENT_LIST_DIR}/parameters_test.cpp" DEPS core codec LABELS unit)
