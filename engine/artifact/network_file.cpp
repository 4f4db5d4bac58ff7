#include "artifact/network_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <optional>

#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"
#include "artifact/grid_section.h"
#include "artifact/network_json.h"
#include "artifact/network_shape.h"
#include "artifact/provenance.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;
using Magic = std::array<std::uint8_t, 8>;
using Tag = std::array<char, 4>;

// As PNG's: a byte beyond ASCII, and the line ends that transfers as text would change.
constexpr Magic magic = {0x89, 'T', 'X', 'S', '\r', '\n', 0x1A, '\n'};
constexpr std::uint32_t format_version = 1;
constexpr Tag description_tag = {'J', 'S', 'O', 'N'}, grids_tag = {'G', 'R', 'I', 'D'},
              decoder_tag = {'M', 'L', 'P', ' '}, training_tag = {'T', 'R', 'N', 'G'};
constexpr std::uint64_t frame_bytes = sizeof(Tag) + sizeof(std::uint64_t);  ///< around each section
constexpr std::uint64_t ends_bytes = sizeof(magic) + sizeof(format_version) + sizeof(std::uint32_t);

std::uint32_t checksum(std::span<const std::byte> bytes) {
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), data, bytes.size()));
}

void append_section(Bytes& file, const Tag& tag, std::span<const std::byte> section) {
  append(file, tag);
  append(file, std::uint64_t(section.size()));
  append_bytes(file, section);
}

std::span<const std::byte> take_section(ByteReader& file, const Tag& tag, std::string_view what,
                                        std::string_view name) {
  if (file.number<Tag>(what) != tag) {
    refuse(name, fmt::format("is no sound network file: no section '{}' where its {} should be",
                             std::string_view(tag.data(), tag.size()), what));
  }
  return file.take(file.number<std::uint64_t>(what), what);
}

std::uint64_t decoder_bytes(std::span<const codec::DenseLayer> layers) {
  std::uint64_t values = 0;
  for (const codec::DenseLayer& layer : layers) values += std::uint64_t(layer.inputs + 1) * layer.outputs;
  return values * sizeof(std::uint16_t);
}

Bytes write_decoder(std::span<const codec::DenseLayer> layers) {
  Bytes section;
  for (const codec::DenseLayer& layer : layers) {
    append_bytes(section, std::as_bytes(std::span(layer.weights)));
    append_bytes(section, std::as_bytes(std::span(layer.biases)));
  }
  return section;
}

void read_decoder(std::span<const std::byte> section, std::span<codec::DenseLayer> layers, std::string_view name) {
  if (section.size() != decoder_bytes(layers)) {
    refuse(name, fmt::format("has {} bytes of decoder; its layers ask for {}", section.size(), decoder_bytes(layers)));
  }
  ByteReader reader(section, name);
  for (codec::DenseLayer& layer : layers) {
    layer.weights = reader.numbers<std::uint16_t>(std::uint64_t(layer.inputs) * layer.outputs, "weights");
    layer.biases = reader.numbers<std::uint16_t>(layer.outputs, "biases");
  }
}

Bytes write_training(const codec::TrainingState& training) {
  Bytes section;
  append(section, training.step);
  append(section, std::uint64_t(training.parameters.size()));
  append_bytes(section, std::as_bytes(std::span(training.parameters)));
  append_bytes(section, std::as_bytes(std::span(training.first_moments)));
  append_bytes(section, std::as_bytes(std::span(training.second_moments)));
  return section;
}

codec::TrainingState read_training(std::span<const std::byte> section, std::string_view name) {
  ByteReader reader(section, name);
  codec::TrainingState training;
  training.step = reader.number<std::uint64_t>("training state");
  const auto count = reader.number<std::uint64_t>("training state");
  training.parameters = reader.numbers<float>(count, "training state");
  training.first_moments = reader.numbers<float>(count, "training state");
  training.second_moments = reader.numbers<float>(count, "training state");
  if (reader.remaining() > 0)
    refuse(name, fmt::format("has {} bytes behind the {} parameters of its training state", reader.remaining(), count));
  return training;
}

/// What is written can be read again, or is not written.
void check_writable(const codec::EncodedNetwork& network) {
  std::string fault = shape_fault(network);
  if (fault.empty()) fault = content_fault(network);
  if (!fault.empty()) throw Error(Fault::internal, "the network cannot be saved: it " + fault);
}

std::string checked_description(const codec::EncodedNetwork& network) {
  std::string description = network_json(network);
  if (description.size() > max_json_bytes) {
    throw Error(Fault::internal,
                fmt::format("the network cannot be saved: its description has {} bytes; at most {} can be",
                            description.size(), max_json_bytes));
  }
  return description;
}

struct Sections {
  std::span<const std::byte> description, grids, decoder;
  std::optional<std::span<const std::byte>> training;
};

/// The sections of a file that is whole.
Sections take_apart(std::span<const std::byte> bytes, std::string_view name) {
  if (!is_network(bytes)) refuse(name, "is no network file (.txs): its magic bytes are not at its start");
  ByteReader file(bytes, name);
  file.take(sizeof(magic), "header");
  const auto version = file.number<std::uint32_t>("header");
  if (version != format_version)
    refuse(name, fmt::format("is a network file of version {}; version {} is read", version, format_version));
  Sections sections;
  sections.description = take_section(file, description_tag, "description", name);
  sections.grids = take_section(file, grids_tag, "grids", name);
  sections.decoder = take_section(file, decoder_tag, "decoder", name);
  if (file.remaining() > sizeof(std::uint32_t))
    sections.training = take_section(file, training_tag, "training state", name);
  const std::uint32_t actual = checksum(bytes.first(bytes.size() - file.remaining()));
  const auto stored = file.number<std::uint32_t>("checksum");
  if (file.remaining() > 0) refuse(name, fmt::format("has {} bytes behind its checksum", file.remaining()));
  if (stored != actual)
    refuse(name, fmt::format("is damaged: its CRC-32 is {:08x}, its bytes have {:08x}", stored, actual));
  return sections;
}

}  // namespace

std::vector<std::byte> write_network(const codec::EncodedNetwork& network) {
  check_writable(network);
  const std::string description = checked_description(network);
  Bytes file;
  append(file, magic);
  append(file, format_version);
  append_section(file, description_tag, std::as_bytes(std::span(description)));
  append_section(file, grids_tag, write_grids(network.grids, network.stage2, network.jpeg_quality));
  append_section(file, decoder_tag, write_decoder(network.layers));
  if (network.training) append_section(file, training_tag, write_training(*network.training));
  append(file, checksum(file));
  return file;
}

codec::EncodedNetwork read_network(std::span<const std::byte> bytes, std::string_view name) {
  const Sections sections = take_apart(bytes, name);
  codec::EncodedNetwork network = read_network_json(sections.description, name);
  if (const std::string fault = shape_fault(network); !fault.empty()) refuse(name, fault);
  read_grids(sections.grids, network.grids, network.stage2, name);
  read_decoder(sections.decoder, network.layers, name);
  if (sections.training) network.training = read_training(*sections.training, name);
  if (const std::string fault = content_fault(network); !fault.empty()) refuse(name, fault);
  return network;
}

bool is_network(std::span<const std::byte> bytes) {
  return bytes.size() >= sizeof(magic) && read_as<Magic>(bytes) == magic;
}

std::vector<codec::BitPart> network_parts(const codec::EncodedNetwork& network) {
  check_writable(network);
  const std::uint64_t grids = write_grids(network.grids, network.stage2, network.jpeg_quality).size();
  const std::uint64_t header = ends_bytes + 3 * frame_bytes + checked_description(network).size();
  return {{"grids", grids * 8}, {"decoder", decoder_bytes(network.layers) * 8}, {"header", header * 8}};
}

}  // namespace txs::artifact
