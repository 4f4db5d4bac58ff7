#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/curves.h"
#include "artifact/sheet.h"
#include "codec/codec.h"
#include "metrics/metrics.h"
#include "session/mip_export.h"
#include "session/session.h"

namespace txs::session {

/// What is to be made of the present result.
struct ExportRequest {
  enum class Kind { artifact, checkpoint, latents, import, decoded, sheet, report, curves, measure };
  Kind kind{};
  Slot slot = Slot::a;  ///< whose result
  std::filesystem::path path = {};
  Session::SheetSettings sheet = {};
  std::optional<MipFilter> mips = {};  ///< of blocks: the levels below come with them
  Session::Saved done = {};
  std::function<void(const artifact::ResultRecord&)> take = {};  ///< measure
  std::function<void(codec::Encoded&&, std::uint64_t of_run)> take_encoded = {};  ///< import
  std::function<std::vector<artifact::Curve>()> curves = {};  ///< curves: asked for when the run has settled
};
std::string_view activity_of(ExportRequest::Kind kind);  ///< "saving sheet"

/// Why a codec of this family cannot do it, "PATH: ..."; empty if it can.
std::string refusal(const ExportRequest& request, const codec::CodecKind& kind);

/// The record of an experiment: what reports and captions say. Figures are those of the same recording as the export.
artifact::ResultRecord result_record(const RunRecord& run, const SourceInfo& source, const std::string& device,
                                     const metrics::Figures& figures, const codec::CodecFigures& from_codec);

/// A texture on its way to the host.
struct PendingPicture {
  std::string title;
  gpu::PendingRead read;
  std::uint32_t width = 0, height = 0;
  artifact::SheetLegend legend = {};

  Rgba8Image get() const;
  Rgba16fImage light() const;  ///< of an rgba16f texture
};

/// The experiment beside the one that a report or a sheet is of.
struct OtherResult {
  RunRecord run;
  metrics::PendingFigures figures;
  codec::Pending<codec::CodecFigures> codec_figures;
  std::optional<metrics::Figures> between;  ///< of the two pictures
};

/// One export between its recording and its file.
struct ExportJob {
  ExportRequest request;
  RunRecord run;
  codec::Provenance provenance;  ///< of an artifact written now
  SourceInfo source;
  std::string device;
  metrics::PendingFigures figures;
  codec::Pending<codec::CodecFigures> codec_figures;
  std::optional<OtherResult> other;  ///< of a report or a sheet
  codec::Pending<codec::Encoded> encoded;
  std::unique_ptr<MipExport> levels;  ///< below what is encoded; null: none are wanted
  std::vector<PendingPicture> pictures;
  std::vector<std::unique_ptr<gpu::Texture>> panels;  ///< kept until read
  std::vector<artifact::Curve> curves;

  artifact::ResultRecord record;          ///< what a measurement brings
  std::optional<codec::Encoded> imported;  ///< what an import brings

  bool ready() const;  ///< all has been encoded and read back
  void write();        ///< on the worker; throws Error

 private:
  void write_artifact() const;
  void write_latents() const;
  void write_decoded() const;
  void write_sheet() const;
  void write_report() const;
  void write_curves() const;
  void import();
};

}  // namespace txs::session
