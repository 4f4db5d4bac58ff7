// Draws every picture of assets/ into the folder that is named.
#include <cstdio>
#include <filesystem>

#include "core/error.h"
#include "image/save.h"
#include "samples/samples.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: texelscope_make_assets FOLDER\n");
    return static_cast<int>(txs::Fault::usage);
  }
  try {
    for (const txs::samples::Sample& sample : txs::samples::all()) {
      const std::filesystem::path path = std::filesystem::path(arguments[1]) / sample.file;
      std::filesystem::create_directories(path.parent_path());
      txs::save_png(path, sample.draw());
      std::printf("%s  %ju bytes\n", path.c_str(), static_cast<std::uintmax_t>(std::filesystem::file_size(path)));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
