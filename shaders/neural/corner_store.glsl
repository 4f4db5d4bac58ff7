// Needs `target`: a buffer block of floats.
// Those of four features that are the grid's.
void store(NeuralGrid grid, uint quad, uint first, uint corner, vec4 gradients) {
  const uint from = max(quad * 4, grid.first_input), end = min(quad * 4 + 4, grid.first_input + grid.channels);
  for (uint feature = from; feature < end; ++feature)
    target[first + corner * grid.channels + feature - grid.first_input] = gradients[feature % 4];
}
