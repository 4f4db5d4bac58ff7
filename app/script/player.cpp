#include "script/player.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/error.h"
#include "core/log.h"
#include "view/cell_content.h"

namespace txs::app {

using session::Session;
using session::State;

namespace {

/// Throws Error(usage) for a view that the codec has not. Before an encode has begun nobody knows which it will have.
void check_view(const std::string& id, const std::vector<codec::View>& views) {
  if (views.empty() || std::ranges::find(views, id, &codec::View::id) != views.end()) return;
  std::string ids;
  for (const codec::View& view : views) ids += (ids.empty() ? "" : ", ") + view.id;
  throw Error(Fault::usage, "codec-view " + id + ": the codec has no such view; it has " + ids);
}

Cell cell_of(const std::string& name) {
  static const std::map<std::string, Cell, std::less<>> cells{
      {"original", Cell::original}, {"reconstruction", Cell::reconstruction},
      {"error", Cell::error},       {"codec", Cell::codec_view},
      {"b", Cell::reconstruction_b}, {"error-b", Cell::error_b},
      {"codec-b", Cell::codec_view_b}, {"between", Cell::between}};
  return cells.at(name);
}
}  // namespace

Player::Player(Script script) : script_(std::move(script)) {}

/// One overload a command: what it does when it begins (`p.began_` false), and whether it is still waited for.
struct Player::Doer {
  Player& p;
  Session& session;
  ViewState& view;

  Outcome operator()(const command::Open& c) const {
    if (!p.began_) session.open(c.paths);
    if (session.loading()) return Outcome::again;
    return session.load_problem().empty() ? Outcome::next : ended_by(Fault::input);
  }
  // A frame later B is in the snapshot and has its cell: what comes next may choose another.
  Outcome operator()(const command::BCodec& c) const {
    if (!p.began_) session.set_b_codec(c.id);
    return p.began_ ? Outcome::next : Outcome::again;
  }
  Outcome operator()(const command::BPreset& c) const {
    if (!p.began_) session.set_b_preset(c.id);
    return p.began_ ? Outcome::next : Outcome::again;
  }
  Outcome operator()(const command::BOpen& c) const {
    if (!p.began_) session.open_as_b(c.path);
    if (session.loading()) return Outcome::again;
    return session.load_problem().empty() ? Outcome::next : ended_by(Fault::input);
  }
  Outcome operator()(const command::BNone&) const { return session.remove_b(), Outcome::next; }
  Outcome operator()(const command::Focus& c) const {
    return session.focus(c.b ? session::Slot::b : session::Slot::a), Outcome::next;
  }
  Outcome operator()(const command::Swap&) const { return session.swap(), Outcome::next; }
  Outcome operator()(const command::Codec& c) const { return session.set_codec(c.id), Outcome::next; }
  Outcome operator()(const command::Preset& c) const { return session.set_preset(c.id), Outcome::next; }
  Outcome operator()(const command::Seed& c) const { return session.set_seed(c.seed), Outcome::next; }
  Outcome operator()(const command::Set& c) const { return session.set_parameter_text(c.key, c.value), Outcome::next; }

  Outcome operator()(const command::WaitDone&) const { return wait_until(session.snapshot().state() == State::done); }
  Outcome operator()(const command::WaitSteps& c) const {
    p.stop_at_step_ = c.steps;
    const session::RunRecord& run = session.snapshot().focused().run;
    const bool measured = !run.history.empty() && run.history.back().step == run.progress.step;
    return wait_until(session.snapshot().state() == State::done || (run.progress.step >= c.steps && measured));
  }
  Outcome operator()(const command::WaitSeconds& c) const {
    const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - p.began_at_;
    return p.began_ && waited.count() >= c.seconds ? Outcome::next : Outcome::again;
  }
  Outcome operator()(const command::WaitFrames& c) const { return p.frames_ >= c.frames ? Outcome::next : Outcome::again; }

  Outcome operator()(const command::Pause&) const { return session.pause(), Outcome::next; }
  Outcome operator()(const command::Resume&) const { return session.resume(), Outcome::next; }
  Outcome operator()(const command::Restart&) const { return session.restart(), Outcome::next; }
  Outcome operator()(const command::Step&) const { return session.step(), Outcome::next; }
  Outcome operator()(const command::Select& c) const {
    if (c.none)
      session.clear_selection();
    else
      session.select_block(c.x, c.y);
    return Outcome::next;
  }

  Outcome operator()(const command::View& c) const {
    view.filling = c.cell == "grid" ? std::nullopt : std::optional(cell_of(c.cell));
    return Outcome::next;
  }
  Outcome operator()(const command::Compare& c) const {
    view.compare = c.mode == "split" ? Compare::split : c.mode == "difference" ? Compare::difference : Compare::none;
    view.split = c.split;
    return Outcome::next;
  }
  Outcome operator()(const command::Against& c) const { return view.compared_with = cell_of(c.cell), Outcome::next; }
  Outcome operator()(const command::CodecView& c) const {
    const session::Snapshot& snapshot = session.snapshot();
    check_view(c.id, snapshot.focused().views);
    return chosen_view(view, snapshot.focus) = c.id, Outcome::next;
  }
  Outcome operator()(const command::Zoom& c) const {
    view.zoom = c.zoom;
    if (c.has_centre) view.centre_x = c.x, view.centre_y = c.y;
    return Outcome::next;
  }
  Outcome operator()(const command::ErrorScale& c) const { return view.error_scale = c.scale, Outcome::next; }

  Outcome operator()(const command::Sheet& c) const {
    if (!p.began_) session.save_sheet(c.path, sheet_settings(session.snapshot(), view), answer());
    return wait_for_answer();
  }
  Outcome operator()(const command::Save& c) const {
    if (!p.began_) {
      const std::string extension = c.path.extension().string();
      if (extension == ".png" || extension == ".exr" || extension == ".hdr")
        session.save_decoded(c.path, answer());
      else if (extension == ".json")
        session.save_report(c.path, answer());
      else if (extension == ".npy" || extension == ".npz")
        session.save_latents(c.path, answer());
      else
        session.save_artifact(c.path, answer());
    }
    return wait_for_answer();
  }
  Outcome operator()(const command::Checkpoint& c) const {
    if (!p.began_) session.save_checkpoint(c.path, answer());
    return wait_for_answer();
  }
  Outcome operator()(const command::Curves& c) const {
    if (!p.began_) session.save_curves(c.path, answer());
    return wait_for_answer();
  }
  Outcome operator()(const command::Latents& c) const {
    if (!p.began_) session.import_latents(c.path, answer());
    return wait_for_answer();
  }
  Outcome operator()(const command::Quit&) const { return Outcome::quit; }

 private:
  /// The session has said what is wrong.
  Outcome ended_by(Fault fault) const {
    p.failure_ = fault;
    return Outcome::quit;
  }
  Outcome failed(Fault fault, const std::string& what) const {
    say(Severity::error, what);
    return ended_by(fault);
  }
  /// What is waited for cannot come any more where nothing is open, or the encode failed.
  Outcome wait_until(bool reached) const {
    const session::Snapshot& now = session.snapshot();
    if (now.state() == State::failed) return failed(Fault::internal, now.why());
    if (now.state() == State::empty) return failed(Fault::usage, "nothing is open; 'open PATH' comes first");
    return p.began_ && reached ? Outcome::next : Outcome::again;
  }
  Session::Saved answer() const {
    p.saved_.reset();
    return [player = &p](const std::string& problem) { player->saved_ = problem; };
  }
  Outcome wait_for_answer() const {
    if (!p.saved_) return Outcome::again;
    return p.saved_->empty() ? Outcome::next : ended_by(Fault::internal);
  }
};

bool Player::advance(Session& session, ViewState& view) {
  while (!finished() && !failure_) {
    if (!began_) {
      began_at_ = std::chrono::steady_clock::now();
      frames_ = 0;
      say_errors_at(script_.name + ":" + std::to_string(script_.lines[next_].number) + ": ");
    } else {
      ++frames_;
    }
    Outcome outcome = Outcome::quit;
    try {
      outcome = std::visit(Doer{*this, session, view}, script_.lines[next_].command);
    } catch (const Error& error) {
      failure_ = error.fault();
      say(Severity::error, error.what());
    }
    began_ = outcome == Outcome::again;
    if (outcome == Outcome::again) return true;
    if (outcome == Outcome::quit) return false;
    stop_at_step_ = UINT64_MAX;
    ++next_;
  }
  say_errors_at({});
  return !failure_;
}

}  // namespace txs::app
