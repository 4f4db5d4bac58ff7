// The tables of BC7 after the Khronos Data Format Specification 1.4 (KDFS), section 20.1. Every block decoder and
// encoder, on either side, reads these.
#ifndef TXS_BC7_TABLES_H
#define TXS_BC7_TABLES_H
#include "interop.h"
TXS_INTEROP_BEGIN

// KDFS table 20.1: what a block of each mode holds, in the order in which its bits hold it.
struct Bc7Mode {
  uint subsets;
  uint partition_bits;
  uint rotation_bits;
  uint index_selection_bits;
  uint colour_bits;           // of each of R, G, B of an endpoint, without the p-bit
  uint alpha_bits;            // of an endpoint's A, without the p-bit; 0: alpha is 255
  uint endpoint_p_bits;       // 1: each endpoint has a p-bit
  uint shared_p_bits;         // 1: each subset has a p-bit for both of its endpoints
  uint index_bits;            // of a texel's primary index
  uint secondary_index_bits;  // of a texel's second index; 0: colour and alpha share the primary one
};
TXS_ASSERT_SIZE(Bc7Mode, 40);

// The mode is the number of zero bits below the lowest one bit; a first byte of 0 is reserved.
TXS_CONST uint bc7_mode_count = 8u;
TXS_CONST Bc7Mode bc7_modes[8] = {
    {3u, 4u, 0u, 0u, 4u, 0u, 1u, 0u, 3u, 0u},
    {2u, 6u, 0u, 0u, 6u, 0u, 0u, 1u, 3u, 0u},
    {3u, 6u, 0u, 0u, 5u, 0u, 0u, 0u, 2u, 0u},
    {2u, 6u, 0u, 0u, 7u, 0u, 1u, 0u, 2u, 0u},
    {1u, 0u, 2u, 1u, 5u, 6u, 0u, 0u, 2u, 3u},
    {1u, 0u, 2u, 0u, 7u, 8u, 0u, 0u, 2u, 2u},
    {1u, 0u, 0u, 0u, 7u, 7u, 1u, 0u, 4u, 0u},
    {2u, 6u, 0u, 0u, 5u, 5u, 1u, 0u, 2u, 0u},
};

// KDFS table 20.11: interpolation weights in 64ths for indices of 2, 3 and 4 bits, one after the other; those of n bits
// start at 2^n - 4.
TXS_CONST uint bc7_weights[28] = {
    0u, 21u, 43u, 64u,
    0u, 9u, 18u, 27u, 37u, 46u, 55u, 64u,
    0u, 4u, 9u, 13u, 17u, 21u, 26u, 30u, 34u, 38u, 43u, 47u, 51u, 55u, 60u, 64u,
};

// KDFS table 20.6: two subsets by partition; bit t is the subset of texel t (row-major).
TXS_CONST uint bc7_partitions2[64] = {
    0xccccu, 0x8888u, 0xeeeeu, 0xecc8u, 0xc880u, 0xfeecu, 0xfec8u, 0xec80u,
    0xc800u, 0xffecu, 0xfe80u, 0xe800u, 0xffe8u, 0xff00u, 0xfff0u, 0xf000u,
    0xf710u, 0x008eu, 0x7100u, 0x08ceu, 0x008cu, 0x7310u, 0x3100u, 0x8cceu,
    0x088cu, 0x3110u, 0x6666u, 0x366cu, 0x17e8u, 0x0ff0u, 0x718eu, 0x399cu,
    0xaaaau, 0xf0f0u, 0x5a5au, 0x33ccu, 0x3c3cu, 0x55aau, 0x9696u, 0xa55au,
    0x73ceu, 0x13c8u, 0x324cu, 0x3bdcu, 0x6996u, 0xc33cu, 0x9966u, 0x0660u,
    0x0272u, 0x04e4u, 0x4e40u, 0x2720u, 0xc936u, 0x936cu, 0x39c6u, 0x639cu,
    0x9336u, 0x9cc6u, 0x817eu, 0xe718u, 0xccf0u, 0x0fccu, 0x7744u, 0xee22u,
};

// KDFS table 20.7: three subsets by partition; bits 2t and 2t + 1 are the subset of texel t.
TXS_CONST uint bc7_partitions3[64] = {
    0xaa685050u, 0x6a5a5040u, 0x5a5a4200u, 0x5450a0a8u, 0xa5a50000u, 0xa0a05050u, 0x5555a0a0u, 0x5a5a5050u,
    0xaa550000u, 0xaa555500u, 0xaaaa5500u, 0x90909090u, 0x94949494u, 0xa4a4a4a4u, 0xa9a59450u, 0x2a0a4250u,
    0xa5945040u, 0x0a425054u, 0xa5a5a500u, 0x55a0a0a0u, 0xa8a85454u, 0x6a6a4040u, 0xa4a45000u, 0x1a1a0500u,
    0x0050a4a4u, 0xaaa59090u, 0x14696914u, 0x69691400u, 0xa08585a0u, 0xaa821414u, 0x50a4a450u, 0x6a5a0200u,
    0xa9a58000u, 0x5090a0a8u, 0xa8a09050u, 0x24242424u, 0x00aa5500u, 0x24924924u, 0x24499224u, 0x50a50a50u,
    0x500aa550u, 0xaaaa4444u, 0x66660000u, 0xa5a0a5a0u, 0x50a050a0u, 0x69286928u, 0x44aaaa44u, 0x66666600u,
    0xaa444444u, 0x54a854a8u, 0x95809580u, 0x96969600u, 0xa85454a8u, 0x80959580u, 0xaa141414u, 0x96960000u,
    0xaaaa1414u, 0xa05050a0u, 0xa0a5a5a0u, 0x96000000u, 0x40804080u, 0xa9a8a9a8u, 0xaaaaaa44u, 0x2a4a5254u,
};

// The anchor texel of a subset stores its index without the top bit, which is 0. Subset 0 has its anchor at texel 0.
// KDFS table 20.10: the anchor of subset 1 of two. (Partition 35 is 8, as that table and ARB_texture_compression_bptc
// say; table 20.6 of KDFS 1.4 emphasises another texel there by mistake, as table 20.7 does for partition 1.)
TXS_CONST uint bc7_anchors2[64] = {
    15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u,
    15u, 2u,  8u,  2u,  2u,  8u,  8u,  15u, 2u,  8u,  2u,  2u,  8u,  8u,  2u,  2u,
    15u, 15u, 6u,  8u,  2u,  8u,  15u, 15u, 2u,  8u,  2u,  2u,  2u,  15u, 15u, 6u,
    6u,  2u,  6u,  8u,  15u, 15u, 2u,  2u,  15u, 15u, 15u, 15u, 15u, 2u,  2u,  15u,
};

// KDFS table 20.8: the anchor of subset 1 of three.
TXS_CONST uint bc7_anchors3_second[64] = {
    3u,  3u,  15u, 15u, 8u,  3u,  15u, 15u, 8u,  8u,  6u,  6u,  6u,  5u,  3u,  3u,
    3u,  3u,  8u,  15u, 3u,  3u,  6u,  10u, 5u,  8u,  8u,  6u,  8u,  5u,  15u, 15u,
    8u,  15u, 3u,  5u,  6u,  10u, 8u,  15u, 15u, 3u,  15u, 5u,  15u, 15u, 15u, 15u,
    3u,  15u, 5u,  5u,  5u,  8u,  5u,  10u, 5u,  10u, 8u,  13u, 15u, 12u, 3u,  3u,
};

// KDFS table 20.9: the anchor of subset 2 of three.
TXS_CONST uint bc7_anchors3_third[64] = {
    15u, 8u,  8u,  3u,  15u, 15u, 3u,  8u,  15u, 15u, 15u, 15u, 15u, 15u, 15u, 8u,
    15u, 8u,  15u, 3u,  15u, 8u,  15u, 8u,  3u,  15u, 6u,  10u, 15u, 15u, 10u, 8u,
    15u, 3u,  15u, 10u, 10u, 8u,  9u,  10u, 6u,  15u, 8u,  15u, 3u,  6u,  6u,  8u,
    15u, 3u,  15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 15u, 3u,  15u, 15u, 8u,
};

TXS_INTEROP_END
#endif
