// What the kernels of all block formats take. engine/block drives them; a format's own header gives records, state,
// settings and tables their types, in GLSL by a cast: Bc1Records(push.records).
#ifndef TXS_BLOCK_H
#define TXS_BLOCK_H
#include "interop.h"
#ifdef __cplusplus
#define TXS_RAW_ADDRESS std::uint64_t
#else
#extension GL_EXT_buffer_reference_uvec2 : require
#define TXS_RAW_ADDRESS uvec2
#endif
TXS_INTEROP_BEGIN

TXS_CONST uint block_side = 4;    // texels
TXS_CONST uint block_texels = 16;

TXS_CONST uint block_decode_group_side = 8;  // invocations of decode and view kernels, both ways

// Decode kernels (one invocation a block; binding 0: the target) and kernels that draw views (binding i: the texture of
// view i, r32f).
struct BlockDecodePush {
  TXS_RAW_ADDRESS blocks;   // row-major, top left first
  TXS_RAW_ADDRESS records;  // of a search, as below; 0 in a decode
  TXS_RAW_ADDRESS tables;   // the format's, as its decoders look them up; 0 where it has none
  uvec2 size;               // texels
  uvec2 grid;               // blocks
};
TXS_ASSERT_SIZE(BlockDecodePush, 40);

// Search kernels (binding 0: the source, nearest).
struct BlockSearchPush {
  TXS_RAW_ADDRESS blocks;
  TXS_RAW_ADDRESS records;   // one a block of the texture
  TXS_RAW_ADDRESS state;     // one a block: what stages leave for later ones
  TXS_RAW_ADDRESS settings;  // the search's parameters, one struct of the format
  TXS_RAW_ADDRESS tables;
  TXS_RAW_ADDRESS trace;     // kernels that trace a block's search for the inspector; 0 otherwise
  uvec2 size;                // texels
  uvec2 grid;                // blocks
  uint first, count;         // the blocks to work on, row-major
  uint stage;
  uint padding;
};
TXS_ASSERT_SIZE(BlockSearchPush, 80);

TXS_INTEROP_END
#endif
