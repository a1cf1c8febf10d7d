"""Penalties on weights and the max-norm constraint.

PyTorch has the norms that a penalty is made of, and its renorm is max-norm along all axes but one,
with 1e-7 added to each norm that is too large.
"""

import torch

from golden import Case, differentiate, floats, normal

WEIGHTS = [
    normal(1, 7, 5),
    normal(2, 3, 2, 3, 4) * 2**-10,
    floats(0, -0.0, 1e-30, -1e10, 3),
]


def l1(w, factor):
    return factor * torch.linalg.vector_norm(w, 1)


def l2(w, factor):
    return factor * torch.linalg.vector_norm(w, 2) ** 2


def max_norm(w, largest, kept):
    """The norm is taken along all axes but the kept one."""
    y = torch.renorm(w, 2, kept, largest)
    return Case("max_norm", {"largest": largest, "kept": kept}, {"x": w}, {"y": y})


def cases():
    for w in WEIGHTS:
        yield differentiate("l1", lambda w: l1(w, 0.01), {"factor1": 0.01}, x=w)
        yield differentiate("l2", lambda w: l2(w, 0.01), {"factor2": 0.01}, x=w)
        yield differentiate(
            "l1l2",
            lambda w: l1(w, 0.1) + l2(w, 0.003),
            {"factor1": 0.1, "factor2": 0.003},
            x=w,
        )
    for largest in 1, 2.5, 3:
        yield max_norm(normal(3, 9, 6), largest, 1)
    yield max_norm(normal(4, 9, 6), 2, 0)
    yield max_norm(normal(5, 3, 3, 2, 4), 3, 3)
