# The program: a window, or the same session without one.
add_executable(texelscope main.cpp)
texelscope_link(texelscope "app_cli;app_script;app_shell;app_view;artifact;codec;core;display;gpu;image;metrics;session" "txs_ext_vulkan")
