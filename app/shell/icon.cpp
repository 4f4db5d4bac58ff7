#include "shell/icon.h"

#include "image/load.h"
#include "shell_icons/icon_files.h"

namespace txs::app {

std::vector<Rgba8Image> program_icons() {
  return {to_rgba8(decode_image(std::as_bytes(std::span(icon_64)), "icon-64.png")),
          to_rgba8(decode_image(std::as_bytes(std::span(icon_256)), "icon.png"))};
}

}  // namespace txs::app
