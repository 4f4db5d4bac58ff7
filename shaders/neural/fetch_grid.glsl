// Needs `grids`: NeuralGrid in two texels.
NeuralGrid fetch_grid(uint index) {
  const uvec4 first = texelFetch(grids, int(index * 2)), second = texelFetch(grids, int(index * 2 + 1));
  return NeuralGrid(first.xy, first.z, first.w, second.x, second.y, uintBitsToFloat(second.zw));
}
