"""DDS files written and taken apart without any code of ours, for the readers that know only the header of Direct3D 9.

Microsoft, "Programming guide for DDS": DDS_HEADER with its pixel format, then "DX10" and DDS_HEADER_DXT10.
"""
import struct

HEADER_BYTES, DX10_BYTES = 128, 20

# Of DXGI_FORMAT: the four letters that mean the same to Pillow 9.4 and ImageMagick 6.
FOUR_CC = {71: b"DXT1", 72: b"DXT1", 77: b"DXT5", 78: b"DXT5", 80: b"ATI1", 83: b"ATI2"}


def old_dds(width, height, four_cc, blocks):
    """A single level behind the old header."""
    required_and_linear_size = 0x1 | 0x2 | 0x4 | 0x1000 | 0x80000
    header = struct.pack("<4s7I44x", b"DDS ", 124, required_and_linear_size, height, width, len(blocks), 0, 1)
    return header + struct.pack("<2I4s20x", 32, 0x4, four_cc) + struct.pack("<5I", 0x1000, 0, 0, 0, 0) + blocks


def take_apart(data):
    """Width, height, number of levels, DXGI_FORMAT and blocks of a DDS file with a DX10 header."""
    height, width, size_of_level_0, _, levels = struct.unpack_from("<5I", data, 12)
    assert data[84:88] == b"DX10"
    (dxgi_format,) = struct.unpack_from("<I", data, HEADER_BYTES)
    return width, height, max(levels, 1), dxgi_format, size_of_level_0, data[HEADER_BYTES + DX10_BYTES:]
