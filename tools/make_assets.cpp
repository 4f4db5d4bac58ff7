// Draws every picture of assets/ into the folder that is named.
#include <cstdio>
#include <filesystem>

#include "core/error.h"
#include "image/save.h"
#include "samples/samples.h"

namespace {

void draw_all(const std::filesystem::path& folder) {
  const auto report = [](const std::filesystem::path& path) {
    std::printf("%s  %ju bytes\n", path.c_str(), static_cast<std::uintmax_t>(std::filesystem::file_size(path)));
  };
  std::filesystem::create_directories(folder / "samples");
  for (const txs::samples::Sample& sample : txs::samples::all()) {
    txs::save_png(folder / sample.file, sample.draw());
    report(folder / sample.file);
  }
  for (const txs::samples::LightSample& sample : txs::samples::all_of_light()) {
    const std::filesystem::path path = folder / sample.file;
    path.extension() == ".hdr" ? txs::save_hdr(path, sample.draw()) : txs::save_exr(path, sample.draw());
    report(path);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: texelscope_make_assets FOLDER\n");
    return static_cast<int>(txs::Fault::usage);
  }
  try {
    draw_all(arguments[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
