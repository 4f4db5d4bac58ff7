#include "codecs/bc7/reference/search.h"

#include <algorithm>
#include <glm/common.hpp>
#include <vector>

namespace txs::bc7::reference {
namespace {

using codec::SimplexIteration;
using codec::SimplexMove;

struct Vertex {
  Ends at;
  float loss = 0;
};

Ends clamp_point(const Ends& p) { return {glm::clamp(p.low, 0.0f, 1.0f), glm::clamp(p.high, 0.0f, 1.0f)}; }

Ends along_line(const Ends& from, const Ends& to, float factor) {
  return {from.low + (to.low - from.low) * factor, from.high + (to.high - from.high) * factor};
}

SimplexIteration::Point point_of(const Ends& e) {
  return {e.low.r, e.low.g, e.low.b, e.low.a, e.high.r, e.high.g, e.high.b, e.high.a};
}

class Search {
 public:
  Search(const Texels& texels, const Settings& settings, bool pinned, Bits& best)
      : texels_(texels), settings_(settings), pinned_(pinned), best_(best) {}

  void run(Outcome& outcome) {
    begin(outcome.start.ends, outcome.start_loss);
    record(SimplexMove::start);
    while (settle(), status_ == Status::searching && outcome.iterations < settings_.max_iterations) {
      iterate();
      ++outcome.iterations;
    }
    outcome.status = status_;
    outcome.best_vertex = simplex_.front().at;
    outcome.best_loss = simplex_.front().loss;
    outcome.search =
        codec::SimplexSearch{std::move(iterations_), status_ == Status::at_threshold, settings_.loss_threshold};
  }

 private:
  Vertex evaluate(const Ends& point) {
    Bits bits{quantise(to_bytes(point), pinned_), {}, 0};
    bits.error = mode6_error(texels_, bits.ends, bits.indices);
    if (bits.error < best_.error) best_ = bits;
    const bool quantised = settings_.objective == Objective::quantised;
    return {point, quantised ? bits.error * loss_of_error : relaxed_loss(texels_, point)};
  }

  void begin(const Ends& start, float start_loss) {
    simplex_ = {{start, start_loss}};
    // From the last dimension to the first, as the kernels take them: it decides the order of equal losses.
    for (int d = 7; d >= 0; --d) {
      Ends moved = start;
      float& value = d < 4 ? moved.low[d] : moved.high[d - 4];
      const float step = value + settings_.initial_step > 1 ? -settings_.initial_step : settings_.initial_step;
      if (!pinned_ || d % 4 != 3) value = std::clamp(value + step, 0.0f, 1.0f);
      insert(evaluate(moved));
    }
  }

  /// Behind all that are as good.
  void insert(const Vertex& vertex) {
    const auto above = [](float loss, const Vertex& v) { return loss < v.loss; };
    simplex_.insert(std::upper_bound(simplex_.begin(), simplex_.end(), vertex.loss, above), vertex);
  }

  void settle() {
    status_ = simplex_.front().loss <= settings_.loss_threshold   ? Status::at_threshold
              : simplex_.back().loss <= simplex_.front().loss ? Status::flat
                                                              : Status::searching;
  }

  Ends centroid() const {
    Ends sum = simplex_[0].at;
    for (std::size_t v = 1; v < 8; ++v) {
      sum.low += simplex_[v].at.low;
      sum.high += simplex_[v].at.high;
    }
    return {sum.low * 0.125f, sum.high * 0.125f};
  }

  void iterate() {
    const Settings& k = settings_;
    const Ends middle = centroid(), worst_point = simplex_[8].at;
    const float best = simplex_[0].loss, second_worst = simplex_[7].loss, worst = simplex_[8].loss;
    const auto trial = [&](float beyond) { return evaluate(clamp_point(along_line(middle, worst_point, -beyond))); };

    now_ = {};
    now_.centroid = point_of(middle);
    now_.best_before = best;
    now_.second_worst_before = second_worst;
    now_.worst_before = worst;

    const Vertex reflected = trial(k.reflection);
    now_.reflected = point_of(reflected.at);
    now_.reflected_loss = reflected.loss;
    if (reflected.loss < best) {
      const Vertex expanded = second(trial(k.reflection * k.expansion));
      return expanded.loss < reflected.loss ? accept(expanded, SimplexMove::expand)
                                            : accept(reflected, SimplexMove::reflect);
    }
    if (reflected.loss < second_worst) return accept(reflected, SimplexMove::reflect);
    if (reflected.loss < worst) {
      const Vertex contracted = second(trial(k.reflection * k.contraction));
      if (contracted.loss < reflected.loss) return accept(contracted, SimplexMove::contract_outside);
    } else {
      const Vertex contracted = second(trial(-k.contraction));
      if (contracted.loss < worst) return accept(contracted, SimplexMove::contract_inside);
    }
    shrink();
  }

  Vertex second(const Vertex& vertex) {
    now_.has_second = true;
    now_.second = point_of(vertex.at);
    now_.second_loss = vertex.loss;
    return vertex;
  }

  void accept(const Vertex& vertex, SimplexMove move) {
    simplex_.pop_back();
    insert(vertex);
    record(move);
  }

  void shrink() {
    const std::vector<Vertex> old = std::move(simplex_);
    simplex_ = {old.front()};
    for (std::size_t v = 8; v > 0; --v) insert(evaluate(along_line(old.front().at, old[v].at, settings_.shrink)));
    record(SimplexMove::shrink);
  }

  void record(SimplexMove move) {
    now_.move = move;
    for (std::size_t v = 0; v < simplex_.size(); ++v) {
      now_.vertices[v] = point_of(simplex_[v].at);
      now_.losses[v] = simplex_[v].loss;
    }
    iterations_.push_back(now_);
  }

  const Texels& texels_;
  const Settings& settings_;
  const bool pinned_;
  Bits& best_;
  std::vector<Vertex> simplex_;  // sorted by loss, best first
  Status status_ = Status::searching;
  SimplexIteration now_;
  std::vector<SimplexIteration> iterations_;
};

}  // namespace

Outcome search_block(const Texels& texels, const Settings& settings) {
  Outcome outcome;
  const bool pinned = settings.exact_alpha && opaque(texels);
  outcome.start = start_of(texels, settings.start, pinned);

  const Ends quantised = quantise(to_bytes(outcome.start.ends), pinned);
  const float start_error = try_ends(texels, quantised, pinned, settings.refit_rounds(), outcome.first_bits);
  outcome.start_loss = settings.objective == Objective::quantised ? start_error * loss_of_error
                                                                  : relaxed_loss(texels, outcome.start.ends);
  outcome.best_vertex = outcome.start.ends;
  outcome.best_loss = outcome.start_loss;
  outcome.searched_bits = outcome.first_bits;
  if (outcome.start_loss <= settings.loss_threshold) outcome.status = Status::at_threshold;
  else if (settings.planned_iterations() > 0) Search(texels, settings, pinned, outcome.searched_bits).run(outcome);

  outcome.bits = as_stored(outcome.searched_bits);
  finish(texels, pinned, settings.finish_starts(), settings.refit_rounds(), settings.polish_rounds(), outcome.bits);
  return outcome;
}

}  // namespace txs::bc7::reference
