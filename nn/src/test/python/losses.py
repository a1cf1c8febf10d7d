"""Losses: values and gradients by the outputs, at ordinary points and far out."""

import torch
from torch.nn import functional

from golden import differentiate, floats, normal

LABELS = floats(2, 0, 4, 1, 3, 3)


def rows(*values):
    return torch.stack([floats(*row) for row in values])


def logits(scale):
    """Rows of ordinary numbers, one of equal numbers and one of far ones."""
    x = scale * normal(5, 4, 5)
    return torch.cat([x, torch.full_like(x[:1], -3), floats(0, 100, -100, 87, 1e4)[None]])


def distributions():
    """Probabilities that are multiples of 1/16, some of them 0; a label; equal ones."""
    return rows(
        [8, 4, 2, 1, 1],
        [0, 0, 16, 0, 0],
        [3, 3, 3, 3, 4],
        [0, 8, 0, 8, 0],
        [1, 9, 2, 4, 0],
        [1, 1, 0, 14, 0],
    ) / 16


def cross_entropy(smoothing=0.0, weights=None):
    """The mean over the examples, where functional.cross_entropy divides by the sum of weights."""

    def function(x, targets):
        hard = targets.dim() == 1
        each = functional.cross_entropy(
            x, targets.long() if hard else targets, reduction="none", label_smoothing=smoothing
        )
        if weights is not None:
            each = each * (weights[targets.long()] if hard else (targets * weights).sum(-1))
        return each.mean()

    return function


def binary_cross_entropy(x, targets):
    """As functional.binary_cross_entropy_with_logits, but without subtracting x t from x."""
    linear = torch.where(x > 0, (1 - targets) * x, -targets * x)
    return (linear + torch.log1p(torch.exp(torch.where(x > 0, -x, x)))).mean()


def kl_divergence(x, targets):
    return functional.kl_div(functional.log_softmax(x, -1), targets, reduction="batchmean")


def cosine_distance(x, targets):
    return (1 - functional.cosine_similarity(x, targets, dim=-1)).mean()


def hinge(x, targets):
    return (1 - targets * x).clamp(min=0).mean()


PAIRS = {
    "mean_squared_error": functional.mse_loss,
    "mean_absolute_error": functional.l1_loss,
    "huber delta=1.0": functional.huber_loss,
    "huber delta=2.5": lambda x, targets: functional.huber_loss(x, targets, delta=2.5),
}


def case(key, function, x, targets):
    name, *settings = key.split()
    settings = dict(setting.split("=") for setting in settings)
    return differentiate(name, function, settings, ["targets"], x=x, targets=targets)


def cases():
    weights = floats(1, 0.5, 2, 0, 3)
    listed = ",".join(f"{weight:g}" for weight in weights.tolist())
    for scale in (1, 8):
        x = logits(scale)
        name = "softmax_cross_entropy"
        yield case(name, cross_entropy(), x, LABELS)
        yield case(f"{name} smoothing=0.1", cross_entropy(0.1), x, LABELS)
        yield case(f"{name} weights={listed}", cross_entropy(0.0, weights), x, LABELS)
        yield case(
            f"{name} smoothing=0.2 weights={listed}", cross_entropy(0.2, weights), x, LABELS
        )
        yield case(f"{name} one_hot=1", cross_entropy(), x, distributions())
        yield case(
            f"{name} one_hot=1 smoothing=0.1 weights={listed}",
            cross_entropy(0.1, weights),
            x,
            distributions(),
        )
        yield case("kl_divergence", kl_divergence, x, distributions())
    for scale in (1, 4):
        x, targets = scale * normal(6, 5, 3), normal(7, 5, 3)
        for key, function in PAIRS.items():
            yield case(key, function, x, targets)
        yield case("cosine_distance", cosine_distance, x, targets)
        yield case("hinge", hinge, x, torch.where(targets > 0, 1.0, -1.0).double())
        yield case("binary_cross_entropy", binary_cross_entropy, x, torch.sigmoid(targets).round())
    far = rows([-1e4, -88, -1e-8], [0, 1e-8, 20], [88, 1e4, -20])
    for key, function in PAIRS.items():
        yield case(key, function, far, torch.zeros_like(far) + 0.5)
    yield case("hinge", hinge, far, rows([1, -1, 1], [-1, 1, 1], [-1, 1, -1]))
    right = rows([0, 0, 1], [0, 1, 1], [1, 1, 0])
    yield case("binary_cross_entropy", binary_cross_entropy, far, right)
    yield case("binary_cross_entropy", binary_cross_entropy, far, 0.75 - right / 2)
    yield case("cosine_distance", cosine_distance, far, normal(8, 3, 3))
