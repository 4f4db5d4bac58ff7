#include <gtest/gtest.h>

#include "panels/move_text.h"

namespace txs::app {
namespace {

using codec::SimplexIteration;
using codec::SimplexMove;
using Lines = std::vector<std::string>;

SimplexIteration iteration(SimplexMove move, float reflected, std::optional<float> second = {}) {
  SimplexIteration it;
  it.move = move;
  it.best_before = 0.011f;
  it.second_worst_before = 0.0133f;
  it.worst_before = 0.014f;
  it.reflected_loss = reflected;
  it.has_second = second.has_value();
  it.second_loss = second.value_or(0);
  return it;
}

TEST(MoveReasons, SayWhatWasCompared) {
  EXPECT_EQ(move_reasons(iteration(SimplexMove::reflect, 0.0121f)),
            (Lines{"reflected 0.01210 < second worst 0.01330: accepted"}));
  EXPECT_EQ(move_reasons(iteration(SimplexMove::reflect, 0.0100f, 0.0104f)),
            (Lines{"reflected 0.01000 < best 0.01100", "expanded 0.01040 > reflected 0.01000: reflection kept"}));
  EXPECT_EQ(move_reasons(iteration(SimplexMove::expand, 0.0100f, 0.0095f)),
            (Lines{"reflected 0.01000 < best 0.01100", "expanded 0.009500 < reflected 0.01000: accepted"}));
  EXPECT_EQ(move_reasons(iteration(SimplexMove::contract_outside, 0.0135f, 0.0120f)),
            (Lines{"reflected 0.01350 > second worst 0.01330", "contracted 0.01200 < reflected 0.01350: accepted"}));
  EXPECT_EQ(move_reasons(iteration(SimplexMove::contract_inside, 0.0150f, 0.0120f)),
            (Lines{"reflected 0.01500 > worst 0.01400", "contracted 0.01200 < worst 0.01400: accepted"}));
}

TEST(MoveReasons, SayWhichContractionFailedBeforeAShrink) {
  EXPECT_EQ(move_reasons(iteration(SimplexMove::shrink, 0.0150f, 0.0141f)),
            (Lines{"reflected 0.01500 > worst 0.01400", "contracted 0.01410 > worst 0.01400: all move to the best"}));
  EXPECT_EQ(move_reasons(iteration(SimplexMove::shrink, 0.0135f, 0.0136f)),
            (Lines{"reflected 0.01350 > second worst 0.01330",
                   "contracted 0.01360 > reflected 0.01350: all move to the best"}));
}

TEST(MoveReasons, OfTheStartNameItsRange) {
  SimplexIteration it;
  it.losses.front() = 0.0121f;
  it.losses.back() = 0.0142f;
  EXPECT_EQ(move_reasons(it), (Lines{"best 0.01210, worst 0.01420"}));
}

TEST(Compared, ShowsTheSignOfTheNumbers) {
  EXPECT_EQ(compared(1, "b", 2), "1.000 < b 2.000");
  EXPECT_EQ(compared(2, "b", 1), "2.000 > b 1.000");
  EXPECT_EQ(compared(2, "b", 2), "2.000 = b 2.000");
}

TEST(Compared, TakesAsManyDigitsAsTellTheNumbersApart) {
  EXPECT_EQ(compared(0.0121001, "b", 0.0121002), "0.0121001 < b 0.0121002");
}

}  // namespace
}  // namespace txs::app
