#!/usr/bin/python3
"""Makes the golden values that the tests of the module compare with.

usage: golden_values.py [NAME…]

Needs PyTorch: Debian's package python3-torch has been used, version 1.13. Each NAME, by default
every module beside this one that has cases, writes ../resources/org/lanewise/nn/golden/NAME.txt
from its function cases(). The same version of PyTorch gives the same bytes.
"""

import importlib
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "resources/org/lanewise/nn/golden"


def main():
    torch.set_num_threads(1)
    others = {"golden", "golden_values", "trained_network"}
    names = sys.argv[1:] or sorted(p.stem for p in HERE.glob("*.py") if p.stem not in others)
    for name in names:
        module = importlib.import_module(name)
        blocks = ["\n".join(case.lines()) + "\n" for case in module.cases()]
        text = f"# Made by golden_values.py with PyTorch {torch.__version__}.\n\n" + "\n".join(blocks)
        (TARGET / f"{name}.txt").write_text(text)
        print(f"{name}: {len(blocks)} cases, {len(text)} characters")


if __name__ == "__main__":
    main()
