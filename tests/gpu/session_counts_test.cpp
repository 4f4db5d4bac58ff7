// The counts that a session tells of the view that is looked at: while a search runs, at rest, and of another view.
#include <algorithm>
#include <cstring>

#include "image/save.h"
#include "session_fixture.h"

namespace txs::session {
namespace {

class CountsTest : public SessionTest {
 protected:
  /// A file of 60 x 44 texels: 15 x 11 blocks.
  std::filesystem::path picture() {
    Rgba8Image image{60, 44, {}};
    for (int i = 0; i < 60 * 44; ++i)
      for (int c = 0; c < 4; ++c) image.texels.push_back(c == 3 ? 255 : std::uint8_t(i * (c + 3) % 251));
    const auto path = in_folder("picture.png");
    save_png(path, image);
    return path;
  }

  static const codec::View& view(const Session& session, std::string_view id) {
    return *std::ranges::find(session.snapshot().a.views, id, &codec::View::id);
  }

  static std::vector<std::uint32_t> counted_here(const codec::View& view) {
    std::vector<std::uint32_t> counts(view.categories.size());
    for (const float value : values_of<float>(device().download(*view.texture)))
      if (value >= 0) ++counts.at(std::size_t(value + 0.5f));
    return counts;
  }

  static void wait_for_counts(Session& session, std::string_view id) {
    run_until(session, [&](const Snapshot& now) { return now.a.view_counts && now.a.view_counts->view == id; });
  }
  /// At rest the last count follows the last picture.
  static void settle(Session& session) {
    finish(session);
    for (int frame = 0; frame < 4; ++frame) {
      session.update({});
      session.wait_for_gpu();
    }
  }
};

TEST_F(CountsTest, AreOfTheNewestMapWhenAllIsAtRest) {
  Session session(device());
  open(session, picture());
  session.set_preset("bc7-fast");
  EXPECT_EQ(session.snapshot().a.view_counts, nullptr) << "nothing is looked at";
  session.show_view(Slot::a, "mode");
  wait_for_counts(session, "mode");
  EXPECT_EQ(session.snapshot().a.view_counts->with(), 15u * 11) << "every block has a mode";
  settle(session);
  EXPECT_EQ(session.snapshot().a.view_counts->counts, counted_here(view(session, "mode")));
  const auto first = session.snapshot().a.view_counts;

  session.show_view(Slot::a, "partition");
  wait_for_counts(session, "partition");
  EXPECT_EQ(session.snapshot().a.view_counts->counts, counted_here(view(session, "partition")));
  EXPECT_EQ(first->view, "mode") << "a snapshot's counts stay what they were";
}

/// A restart keeps its picture until the next; of the new encode's maps nothing is told before they hold anything.
TEST_F(CountsTest, AreOfNoMapThatIsNotDrawnYet) {
  Session session(device());
  open(session, picture());
  session.set_preset("bc7-fast");
  session.show_view(Slot::a, "mode");
  settle(session);
  EXPECT_TRUE(session.snapshot().a.views_drawn);
  session.restart();
  session.update({});
  EXPECT_NE(session.snapshot().a.reconstruction, nullptr);
  EXPECT_FALSE(session.snapshot().a.views_drawn);
  run_until(session, [](const Snapshot& now) {
    EXPECT_TRUE(now.a.views_drawn || !now.a.view_counts);
    if (now.a.view_counts) {
      EXPECT_EQ(now.a.view_counts->with(), 15u * 11);
    }
    return now.a.view_counts != nullptr;
  });
  EXPECT_TRUE(session.snapshot().a.views_drawn);
}

TEST_F(CountsTest, FollowAnotherCodec) {
  Session session(device());
  open(session, picture());
  session.set_preset("bc7-fast");
  session.show_view(Slot::a, "mode");
  wait_for_counts(session, "mode");
  session.set_preset("bc1-fast");
  session.update({});
  EXPECT_EQ(session.snapshot().a.view_counts, nullptr) << "the views are other ones";
  settle(session);
  const auto& views = session.snapshot().a.views;
  const auto map = std::ranges::find(views, codec::View::Kind::categorical, &codec::View::kind);
  ASSERT_NE(map, views.end());
  session.show_view(Slot::a, map->id);
  wait_for_counts(session, map->id);
  EXPECT_EQ(session.snapshot().a.view_counts->counts, counted_here(view(session, map->id)));
}

}  // namespace
}  // namespace txs::session
