#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "view/projection.h"

namespace txs::app {
namespace {

constexpr Extent cell{400, 300};

TEST(Projection, FitShowsTheWholePictureInTheMiddle) {
  const Extent image{512, 1000};
  const Projection projection = project({}, cell, image);
  EXPECT_FLOAT_EQ(projection.zoom, 0.3f);
  const Point from = projection.to_cell({0, 0}), to = projection.to_cell({image.width, image.height});
  EXPECT_NEAR(from.y, 0, 0.5);
  EXPECT_NEAR(to.y, 300, 0.5);
  EXPECT_NEAR(from.x + to.x, 400, 1);
}

TEST(Projection, FitEnlargesByWholeNumbersWithinTheLimits) {
  EXPECT_FLOAT_EQ(fit_zoom(cell, {90, 90}), 3);
  EXPECT_FLOAT_EQ(fit_zoom(cell, {256, 256}), 1);
  EXPECT_FLOAT_EQ(fit_zoom(cell, {1, 1}), largest_zoom);
  EXPECT_FLOAT_EQ(fit_zoom({10, 10}, {16384, 16384}), smallest_zoom);
  EXPECT_FLOAT_EQ(fit_zoom(cell, {0, 0}), 1);
}

TEST(Projection, TexelsBeginAtWholePixels) {
  ViewState view;
  view.centre_x = 100.37f;
  view.centre_y = 51.81f;
  for (const float zoom : {0.3f, 1.0f, 2.0f, 5.66f, 8.0f, 37.0f}) {
    view.zoom = zoom;
    const Projection projection = project(view, cell, {512, 512});
    EXPECT_NEAR(projection.origin.x * zoom, std::round(projection.origin.x * zoom), 1e-2) << zoom;
    EXPECT_NEAR(projection.origin.y * zoom, std::round(projection.origin.y * zoom), 1e-2) << zoom;
  }
}

TEST(Projection, ZoomingKeepsWhatLiesUnderTheCursor) {
  std::mt19937 random(7);
  const auto uniform = [&](float low, float high) { return std::uniform_real_distribution<float>(low, high)(random); };
  const Extent image{768, 512};
  for (int i = 0; i < 2000; ++i) {
    ViewState view;
    view.zoom = std::exp2(uniform(-2, 6));
    view.centre_x = uniform(200, 568);
    view.centre_y = uniform(150, 362);
    // Near the middle of the picture, where the limits of panning do not move it.
    const Point cursor{cell.width / 2 + uniform(-40, 40), cell.height / 2 + uniform(-40, 40)};
    const Point before = project(view, cell, image).to_image(cursor);
    zoom_about(view, cell, image, cursor, std::exp2(uniform(-0.5f, 0.5f)));
    const Projection after = project(view, cell, image);
    const Point moved = after.to_cell(before);
    EXPECT_NEAR(moved.x, cursor.x, 0.51);
    EXPECT_NEAR(moved.y, cursor.y, 0.51);
  }
}

TEST(Projection, ZoomStopsAtItsLimitsAndRestsOnWholeSteps) {
  ViewState view;
  zoom_about(view, cell, {512, 512}, {200, 150}, 1e6f);
  EXPECT_FLOAT_EQ(view.zoom, largest_zoom);
  zoom_about(view, cell, {512, 512}, {200, 150}, 1e-9f);
  EXPECT_FLOAT_EQ(view.zoom, smallest_zoom);

  view.zoom = 1;
  for (int i = 0; i < 6; ++i) zoom_about(view, cell, {512, 512}, {200, 150}, std::sqrt(2.0f));
  EXPECT_EQ(view.zoom, 8);
  view.zoom = 1;
  for (int i = 0; i < 4; ++i) zoom_about(view, cell, {512, 512}, {200, 150}, 1 / std::sqrt(2.0f));
  EXPECT_EQ(view.zoom, 0.25f);
}

TEST(Projection, PanFollowsTheMouseAndKeepsThePictureInSight) {
  ViewState view;
  view.zoom = 4;
  view.centre_x = view.centre_y = 100;
  const Point before = project(view, cell, {512, 512}).to_image({10, 10});
  pan(view, cell, {512, 512}, {8, -12});
  const Point after = project(view, cell, {512, 512}).to_image({18, -2});
  EXPECT_NEAR(before.x, after.x, 0.2);
  EXPECT_NEAR(before.y, after.y, 0.2);

  pan(view, cell, {512, 512}, {1e6f, -1e6f});
  EXPECT_EQ(view.centre_x, 0);
  EXPECT_EQ(view.centre_y, 512);
}

TEST(Projection, PanningFromFitStartsFromWhatWasShown) {
  ViewState view;
  pan(view, cell, {512, 512}, {0, 0});
  EXPECT_FLOAT_EQ(view.zoom, 300.0f / 512);
  EXPECT_FLOAT_EQ(view.centre_x, 256);
  show_all(view, {512, 512});
  EXPECT_EQ(view.zoom, 0);
}

}  // namespace
}  // namespace txs::app
