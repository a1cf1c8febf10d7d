#!/usr/bin/env python3
"""Writes a class-balanced subset of a folder of MNIST-style IDX files.

usage: idx_subset.py SOURCE TARGET TRAIN_PER_CLASS TEST_PER_CLASS

Takes the first images of each class, in the order of the source, and keeps that order. The same
source gives the same bytes. The subset in ../resources/org/lanewise/bench/fashion-mnist was made
from Debian's package dataset-fashion-mnist by

    idx_subset.py /usr/share/datasets/fashion-mnist TARGET 1300 200
"""

import gzip
import pathlib
import struct
import sys


def read(path, dimensions):
    content = gzip.decompress(path.read_bytes())
    magic, *shape = struct.unpack_from(f">{1 + dimensions}I", content)
    if magic != 0x800 + dimensions:
        sys.exit(f"{path}: not an IDX file of {dimensions} dimensions")
    return shape, content[4 + 4 * dimensions :]


def write(path, shape, content):
    header = struct.pack(f">{1 + len(shape)}I", 0x800 + len(shape), *shape)
    path.write_bytes(gzip.compress(header + content, compresslevel=9, mtime=0))


def subset(source, target, prefix, per_class):
    (count, height, width), pixels = read(source / f"{prefix}-images-idx3-ubyte.gz", 3)
    _, labels = read(source / f"{prefix}-labels-idx1-ubyte.gz", 1)
    left = dict.fromkeys(labels, per_class)
    chosen = []
    for i, label in enumerate(labels):
        if left[label] > 0:
            left[label] -= 1
            chosen.append(i)
    if any(left.values()):
        sys.exit(f"{prefix}: fewer than {per_class} images in classes {[c for c in left if left[c]]}")
    size = height * width
    images = b"".join(pixels[i * size : (i + 1) * size] for i in chosen)
    write(target / f"{prefix}-images-idx3-ubyte.gz", (len(chosen), height, width), images)
    write(target / f"{prefix}-labels-idx1-ubyte.gz", (len(chosen),), bytes(labels[i] for i in chosen))


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    source, target = map(pathlib.Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)
    subset(source, target, "train", int(sys.argv[3]))
    subset(source, target, "t10k", int(sys.argv[4]))


if __name__ == "__main__":
    main()
