#include "session/export_job.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "artifact/container.h"
#include "core/error.h"
#include "core/files.h"
#include "core/log.h"
#include "image/save.h"
#include "session/latents_file.h"
#include "session/pixels.h"

namespace txs::session {
namespace {
using Kind = ExportRequest::Kind;

std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

/// Integers were asked for, and training has not come to the step from which on there are any.
bool waits_for_quantisation(const codec::EncodedNetwork& network) {
  const auto bits = network.provenance.parameters.find("qat_bits");
  return bits != network.provenance.parameters.end() && bits->second != "0" && network.grids.front().bits == 16;
}

void warn_of_lost_colour_space(const std::filesystem::path& path, const codec::Encoded& artifact) {
  const auto* texture = std::get_if<codec::EncodedTexture>(&artifact);
  if (texture == nullptr || extension_of(path) != ".astc") return;
  const codec::FormatTraits& traits = codec::traits(texture->format);
  if (!traits.srgb && !traits.hdr)  // of light the blocks say it themselves
    say(Severity::warning, path.string() +
                               ": cannot say that its colours are linear; who reads them as sRGB decodes some one of 255 "
                               "apart. .ktx2 says it");
}
}  // namespace

std::string_view activity_of(Kind kind) {
  switch (kind) {
    case Kind::artifact: return "saving artifact";
    case Kind::checkpoint: return "saving checkpoint";
    case Kind::latents: return "saving latents";
    case Kind::import: return "reading latents";
    case Kind::decoded: return "saving decoded picture";
    case Kind::sheet: return "saving sheet";
    case Kind::report: return "saving report";
    case Kind::curves: return "saving curves";
    case Kind::measure: return "measuring";
  }
  return "";
}

std::string refusal(const ExportRequest& request, const codec::CodecKind& kind) {
  const std::string name = request.path.string() + ": ", extension = extension_of(request.path);
  const bool network = kind.family == codec::Family::neural;
  switch (request.kind) {
    case Kind::artifact:
      if (std::ranges::count(artifact::container_endings(kind.formats), extension) == 0)
        return name + std::string(kind.title) + (network ? ", a network, is" : " is") + " kept as " +
               artifact::container_endings_text(kind.formats);
      return request.mips && !artifact::holds_levels(extension) ? name + "holds no mip levels; .ktx2 does" : "";
    case Kind::checkpoint:
      if (!network) return name + std::string(kind.id) + " trains nothing that could go on; checkpoints are of networks";
      return extension == ".txs" ? "" : name + "a checkpoint is kept as .txs";
    case Kind::latents:
    case Kind::import:
      if (!network) return name + std::string(kind.id) + " has no latents; networks do";
      return has_latents_extension(request.path) ? "" : name + "latents are kept as .npy or .npz";
    default: return "";
  }
}

artifact::ResultRecord result_record(const RunRecord& run, const SourceInfo& source, const std::string& device,
                                     const metrics::Figures& figures, const codec::CodecFigures& from_codec) {
  artifact::ResultRecord record;
  record.image_path = source.path.string();
  record.width = source.width;
  record.height = source.height;
  record.channels = source.channels;
  record.codec = run.kind->id;
  record.artifact = run.artifact_name;
  record.resumed_from = run.resumed_from;
  record.preset = run.artifact_name.empty() ? run.preset : run.provenance.preset;
  record.parameters = run.artifact_name.empty() ? run.parameters.texts() : run.provenance.parameters;
  record.seed = run.seed;
  record.device = device;
  record.steps = run.progress.step;
  record.seconds = run.seconds;
  record.parts = run.parts;
  record.figures = figures;
  record.psnr_relaxed_db = from_codec.psnr_relaxed_db;
  record.loss = from_codec.loss;
  record.coded = run.coded;
  record.mips = run.mips;
  record.block = run.block;
  record.history = run.history;
  return record;
}

Rgba8Image PendingPicture::get() const { return picture_from(read.bytes(), width, height); }
Rgba16fImage PendingPicture::light() const { return light_from(read.bytes(), width, height); }

bool ExportJob::ready() const {
  return (!figures || figures.ready()) && (!codec_figures || codec_figures.ready()) &&
         (!other || (other->figures.ready() && other->codec_figures.ready())) && (!encoded || encoded.ready()) &&
         (!levels || levels->finished()) &&
         std::ranges::all_of(pictures, [](const PendingPicture& picture) { return picture.read.ready(); });
}

void ExportJob::write() {
  if (figures) record = result_record(run, source, device, figures.get(), codec_figures.get());
  switch (request.kind) {
    case Kind::artifact:
    case Kind::checkpoint: return write_artifact();
    case Kind::latents: return write_latents();
    case Kind::import: return import();
    case Kind::decoded: return write_decoded();
    case Kind::sheet: return write_sheet();
    case Kind::report: return write_report();
    case Kind::curves: return write_curves();
    case Kind::measure: return;
  }
}

void ExportJob::write_artifact() const {
  codec::Encoded artifact = encoded.get();
  codec::provenance(artifact) = provenance;
  if (levels) {
    auto& texture = std::get<codec::EncodedTexture>(artifact);
    texture.mips = levels->take_levels(texture.format);
  }
  artifact::save_container(request.path, artifact);
  warn_of_lost_colour_space(request.path, artifact);
  const auto* network = std::get_if<codec::EncodedNetwork>(&artifact);
  if (network != nullptr && waits_for_quantisation(*network))
    say(Severity::warning, request.path.string() +
                               ": holds binary16 grids: their quantisation (qat_bits) has not begun before step " +
                               std::to_string(provenance.steps) + " (qat_start)");
}

void ExportJob::write_latents() const {
  save_latents_file(request.path, std::get<codec::EncodedNetwork>(encoded.get()));
}

void ExportJob::import() {
  auto network = std::get<codec::EncodedNetwork>(encoded.get());
  network.provenance = provenance;
  load_latents_file(request.path, network);
  imported = std::move(network);
}

void ExportJob::write_decoded() const {
  if (!run.kind->hdr) return save_png(request.path, pictures.front().get());
  save_light(request.path, pictures.front().light(), source.exposure, request.sheet.tone_curve);
}

void ExportJob::write_report() const {
  if (!other) return write_file(request.path, artifact::report_json(record));
  const artifact::ResultRecord beside =
      result_record(other->run, source, device, other->figures.get(), other->codec_figures.get());
  write_file(request.path, artifact::report_json(record, beside, other->between));
}

void ExportJob::write_sheet() const {
  std::vector<artifact::SheetPanel> sheet;
  for (const PendingPicture& picture : pictures) sheet.push_back({picture.title, picture.get(), picture.legend});
  artifact::SheetResults results{record};
  if (other) {
    results.b = result_record(other->run, source, device, other->figures.get(), other->codec_figures.get());
    results.between = other->between;
    if (request.slot == Slot::b) std::swap(results.a, *results.b);
  }
  save_png(request.path, artifact::compose_sheet(sheet, results));
}

void ExportJob::write_curves() const {
  const std::string extension = extension_of(request.path);
  if (curves.empty()) throw Error(Fault::usage, request.path.string() + ": no run has a curve yet");
  if (extension == ".csv") return write_file(request.path, artifact::write_curves_csv(curves));
  if (extension == ".png") return save_png(request.path, artifact::draw_curves(curves, {}));
  throw Error(Fault::usage, request.path.string() + ": curves are kept as .csv or .png");
}

}  // namespace txs::session
