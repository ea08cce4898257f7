"""ICC colour profiles: sRGB for the output intent, and which profiles PDF/A-2 takes."""

from __future__ import annotations

from functools import cache

_CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"Lab ": 3}
_CLASSES = {b"scnr", b"mntr", b"prtr", b"spac"}
_DATE = slice(24, 36)  # of the profile's header: when it was made
_ID = slice(84, 100)


@cache
def srgb() -> bytes:
    """Build an sRGB profile (ICC.1:2010), the same bytes each time."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DATE] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    made[_ID] = bytes(16)  # not computed
    return bytes(made)


def usable_profile(profile: bytes, channels: int) -> bool:
    """Tell whether PDF/A-2 takes an ICC profile (ISO 19005-2, 6.2.4.2): its version is 2 to 4 and its colours fit.

    Args:
        profile: the bytes of the profile.
        channels: 1 for grey, 3 for RGB or Lab, 4 for CMYK.
    """
    return (
        len(profile) > 128
        and profile[36:40] == b"acsp"
        and profile[8] < 5
        and profile[12:16] in _CLASSES
        and _CHANNELS.get(profile[16:20]) == channels
    )
