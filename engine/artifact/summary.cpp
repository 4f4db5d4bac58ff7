#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "artifact/report.h"
#include "core/units.h"

namespace txs::artifact {
namespace {

SummaryGroup source(const ResultRecord& record) {
  return {"Source",
          {{"image", std::filesystem::path(record.image_path).filename().string()},
           {"texels", size_text(record.width, record.height)},
           {"channels", channels_text(record.channels) +
                            (record.figures.measure == metrics::Measure::light ? ", half float" : ", 8 bit")}}};
}

/// "astc, blocks of 6 x 6".
std::string codec_text(const ResultRecord& record) {
  if (!record.has_blocks()) return record.codec;
  return fmt::format("{}, blocks of {} x {}", record.codec, record.block.width, record.block.height);
}

SummaryGroup codec(const ResultRecord& record) {
  if (!record.artifact.empty())
    return {"Codec",
            {{"codec", codec_text(record)},
             {"bits of", record.artifact},
             {"encoded with", record.preset.empty() ? "not known" : record.preset},
             {"device", record.device}}};
  std::string steps = fmt::format("{} in {}", record.steps, seconds_text(record.seconds));
  if (!record.resumed_from.empty()) steps += " since " + record.resumed_from;
  return {"Codec",
          {{"codec", codec_text(record)},
           {"preset", record.preset.empty() ? "none (own parameters)" : record.preset},
           {"steps", steps},
           {"seed", fmt::format("{}", record.seed)},
           {"device", record.device}}};
}

void put_similarity(SummaryGroup& group, const metrics::Figures& figures) {
  const bool red = figures.measure == metrics::Measure::red;
  if (!red && figures.measure != metrics::Measure::rgb) return;
  const char* const name = red ? "SSIM R" : "SSIM luma";
  group.fields.push_back({name, figures.ssim ? fraction_text(*figures.ssim) : "none below 11 x 11"});
}

SummaryGroup quality(const ResultRecord& record) {
  const metrics::Figures& figures = record.figures;
  const std::string psnr(metrics::psnr_name(figures.measure));
  SummaryGroup group{"Quality", {{psnr, db_text(figures.psnr_db)}}};
  if (record.coded)
    group.fields.push_back({psnr + ", " + record.coded->coding, db_text(record.coded->figures.psnr_db)});
  if (record.psnr_relaxed_db)
    group.fields.push_back({"PSNR relaxed", db_text(*record.psnr_relaxed_db) + " (not in the file)"});
  if (record.measures_alpha()) group.fields.push_back({"PSNR alpha", db_text(figures.psnr_alpha_db)});
  put_similarity(group, figures);
  if (figures.rmsle) group.fields.push_back({"RMSLE", fmt::format("{:.5f}", *figures.rmsle)});
  if (const auto& angle = figures.angular)
    group.fields.push_back({"angle of normals", fmt::format("mean {:.3f}, max {:.2f} degrees", angle->mean_degrees,
                                                            angle->max_degrees)});
  const bool light = figures.measure == metrics::Measure::light;
  const std::string error = light ? fmt::format("{:.4f}", figures.max_error) : fraction_text(figures.max_error) + " of 1";
  group.fields.push_back({std::string(metrics::error_name(figures.measure)), error});
  if (record.loss) group.fields.push_back({"loss", scientific_text(*record.loss)});
  return group;
}

SummaryGroup size(const ResultRecord& record) {
  SummaryGroup group{"Size",
                     {{"file", bytes_text(record.total_bytes())},
                      {"rate", bits_per_pixel_text(record.bits_per_pixel())},
                      {"ratio", ratio_text(record.compression_ratio())}}};
  for (const codec::BitPart& part : record.parts) group.fields.push_back({part.name, bits_text(part.bits)});
  if (record.mips) {
    group.fields.push_back({fmt::format("file, {} levels", record.mips->levels), bytes_text(record.mips->bytes)});
    if (!record.mips->filter.empty()) group.fields.push_back({"mip filter", record.mips->filter});
  }
  if (!record.coded) return group;
  const CodedResult& coded = *record.coded;
  group.fields.push_back({"file, " + coded.coding, bytes_text(coded.bytes)});
  group.fields.push_back({"rate, " + coded.coding, bits_per_pixel_text(coded.bits_per_pixel(record.width, record.height))});
  group.fields.push_back({"ratio, " + coded.coding,
                          ratio_text(coded.compression_ratio(record.width, record.height, record.channels))});
  return group;
}

}  // namespace

std::vector<SummaryGroup> summary(const ResultRecord& record) {
  return {source(record), codec(record), quality(record), size(record)};
}

std::vector<std::string> summary_lines(const ResultRecord& record) {
  std::vector<SummaryGroup> groups = summary(record);
  SummaryGroup parameters{"Parameters", {}};
  for (const auto& [key, text] : record.parameters) parameters.fields.push_back({key, text});
  if (!parameters.fields.empty()) groups.push_back(std::move(parameters));

  std::size_t name_width = 0;
  for (const SummaryGroup& group : groups) {
    for (const SummaryField& field : group.fields) name_width = std::max(name_width, field.name.size());
  }
  std::vector<std::string> lines;
  for (const SummaryGroup& group : groups) {
    lines.push_back(group.title);
    for (const SummaryField& field : group.fields) {
      lines.push_back(fmt::format("  {:<{}}  {}", field.name, name_width, field.value));
    }
  }
  return lines;
}

}  // namespace txs::artifact
