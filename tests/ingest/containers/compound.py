"""Writes compound files as Outlook saves mails in ([MS-CFB]): small streams of a few storages."""

import struct

_FREE, _END, _FAT_SECTOR, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096


def compound_file(streams: dict[str, bytes]) -> bytes:
    """The bytes of a compound file.

    Args:
        streams: contents below 4096 bytes by path.
    """
    assert all(len(data) < _CUTOFF for data in streams.values())
    mini, mini_fat, starts = b"", [], {}
    for path, data in streams.items():
        count = -(-len(data) // _MINI)
        starts[path] = len(mini_fat) if count else _END
        mini_fat += [len(mini_fat) + n + 1 for n in range(count - 1)] + [_END] * bool(count)
        mini += data.ljust(count * _MINI, b"\0")
    parents = {path.rsplit("/", times)[0] for path in streams for times in range(1, path.count("/") + 1)}
    storages = sorted(parents)
    entries = [_entry("Root Entry", 5)]
    index = {}
    for name in storages:
        index[name] = len(entries)
        entries.append(_entry(name.split("/")[-1], 1))
    for path, data in streams.items():
        index[path] = len(entries)
        entries.append(_entry(path.split("/")[-1], 2, starts[path], len(data)))
    for parent in ["", *storages]:  # children in a chain to the right, which readers that do not search accept
        own = [path for path in index if (path.rpartition("/")[0] == parent)]
        own.sort(key=lambda path: (len(path.split("/")[-1]), path.split("/")[-1].upper()))
        for one, following in zip(own, own[1:], strict=False):
            entries[index[one]]["right"] = index[following]
        if own:
            entries[index[parent] if parent else 0]["child"] = index[own[0]]
    directory_sectors = -(-len(entries) * 128 // _SECTOR)
    mini_fat_sectors = max(1, -(-len(mini_fat) * 4 // _SECTOR))
    mini_sectors = -(-len(mini) // _SECTOR)
    fat = [_FAT_SECTOR]
    first_directory = 1
    first_mini_fat = first_directory + directory_sectors
    first_mini = first_mini_fat + mini_fat_sectors
    for count in (directory_sectors, mini_fat_sectors, mini_sectors):
        fat += [len(fat) + n + 1 for n in range(count - 1)] + [_END] * bool(count)
    assert len(fat) <= _SECTOR // 4
    entries[0].update(start=first_mini if mini else _END, size=len(mini))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, first_directory, 0, _CUTOFF, first_mini_fat, mini_fat_sectors, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    body = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    body += b"".join(map(_packed, entries)).ljust(directory_sectors * _SECTOR, b"\0")
    size = mini_fat_sectors * 128
    body += struct.pack(f"<{size}I", *mini_fat, *[_FREE] * (size - len(mini_fat)))
    return header + body + mini.ljust(mini_sectors * _SECTOR, b"\0")


def _entry(name, kind, start=0, size=0):
    return {"name": name, "kind": kind, "right": _NONE, "child": _NONE, "start": start, "size": size}


def _packed(entry):
    name = (entry["name"] + "\0").encode("utf-16-le")
    head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry["kind"], 1)
    links = struct.pack("<III", _NONE, entry["right"], entry["child"])
    return head + links + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", entry["start"], entry["size"])
