"""Normalizations: results, gradients and running statistics, in training and in inference.

The channels are the last axis here and the second of PyTorch's. PyTorch 1.13 has no batch
renormalization and no root mean square normalization, and its running variance is the unbiased one:
these are written out in float64.
"""

import torch
from torch.nn import functional

from golden import differentiate, normal

MOMENTUM = 0.75
SHAPES = [[6, 4], [5, 1], [3, 2, 3, 4], [33, 7]]
# Rows of examples are spread by this and moved by that: far from 0, and below what epsilon adds.
FAR = {"far": (1, 100), "narrow": (2**-12, 0), "large": (2.0**40, 0)}


def positive(seed, *shape):
    return normal(seed, *shape).abs() + 0.5


def channels_second(x):
    return x.movedim(-1, 1)


def batch_norm(x, gamma, beta, mean, variance, training, epsilon):
    y = functional.batch_norm(
        channels_second(x), mean.clone(), variance.clone(), gamma, beta, training, 0.5, epsilon
    )
    return y.movedim(1, -1)


def batch_statistics(x):
    flat = x.reshape(-1, x.shape[-1])
    return flat.mean(0), flat.var(0, unbiased=False)


def renorm(x, gamma, beta, mean, variance, epsilon, r_max, d_max):
    batch_mean, batch_variance = batch_statistics(x)
    sigma_batch, sigma = (batch_variance + epsilon).sqrt(), (variance + epsilon).sqrt()
    r = (sigma_batch / sigma).clamp(1 / r_max, r_max).detach()
    d = ((batch_mean - mean) / sigma).clamp(-d_max, d_max).detach()
    return gamma * ((x - batch_mean) / sigma_batch * r + d) + beta


def rms_norm(x, gamma, epsilon):
    return gamma * x / (x.square().mean(-1, keepdim=True) + epsilon).sqrt()


def moved(case, x, running_mean, running_variance):
    """The case with the running statistics after the step."""
    mean, variance = batch_statistics(x)
    case.results["next_running_mean"] = MOMENTUM * running_mean + (1 - MOMENTUM) * mean
    case.results["next_running_variance"] = (
        MOMENTUM * running_variance + (1 - MOMENTUM) * variance
    )
    return case


def statistics(c):
    return {"running_mean": normal(4, c), "running_variance": positive(5, c)}


ALL_OPTIONS = [(True, True), (True, False), (False, True), (False, False)]


def batch_norms(name, x, epsilon, options=ALL_OPTIONS[:1]):
    c = x.shape[-1]
    parameters = {"gamma": normal(2, c), "beta": normal(3, c)}
    gathered = statistics(c)
    for scale, center in options:
        used = {
            key: parameters[key] for key, there in (("gamma", scale), ("beta", center)) if there
        }
        for mode in "training", "inference":

            def function(x, *rest):
                given = dict(zip([*used, *gathered], rest))
                return batch_norm(
                    x,
                    given.get("gamma"),
                    given.get("beta"),
                    given["running_mean"],
                    given["running_variance"],
                    mode == "training",
                    epsilon,
                )

            settings = {"mode": mode, "epsilon": epsilon, "momentum": MOMENTUM}
            constant = tuple(gathered)
            case = differentiate(name, function, settings, constant, x=x, **used, **gathered)
            yield moved(case, x, *gathered.values()) if mode == "training" else case


def batch_renorms(x, epsilon, r_max, d_max):
    c = x.shape[-1]
    gathered = statistics(c)
    settings = {
        "mode": "training",
        "epsilon": epsilon,
        "momentum": MOMENTUM,
        "r_max": r_max,
        "d_max": d_max,
    }
    case = differentiate(
        "batch_renorm",
        lambda *given: renorm(*given, epsilon, r_max, d_max),
        settings,
        tuple(gathered),
        x=x,
        gamma=normal(2, c),
        beta=normal(3, c),
        **gathered,
    )
    return moved(case, x, *gathered.values())


def each_example(suffix, x, epsilon):
    c = x.shape[-1]
    for mode in "training", "inference":
        settings = {"mode": mode, "epsilon": epsilon}
        if c > 1:
            yield differentiate(
                "layer_norm" + suffix,
                lambda x, gamma, beta: functional.layer_norm(x, [c], gamma, beta, epsilon),
                settings,
                x=x,
                gamma=normal(2, c),
                beta=normal(3, c),
            )
        yield differentiate(
            "rms_norm" + suffix,
            lambda x, gamma: rms_norm(x, gamma, epsilon),
            settings,
            x=x,
            gamma=normal(2, c),
        )


def weight_norms():
    for batch, inputs, units in (5, 4, 3), (3, 7, 1), (2, 2, 4):
        yield differentiate(
            "weight_norm",
            lambda x, v, g, b: x @ torch._weight_norm(v, g.reshape(1, -1), 1) + b,
            {"mode": "training"},
            x=normal(1, batch, inputs),
            direction=normal(2, inputs, units),
            length=normal(3, units),
            bias=normal(4, units),
        )


def cases():
    for shape in SHAPES:
        x = normal(1, *shape)
        yield from batch_norms("batch_norm", x, 0.001, ALL_OPTIONS[: 1 if len(shape) == 2 else 4])
        for r_max, d_max in (3, 5), (1.1, 0.1), (1, 0):
            yield batch_renorms(x, 0.001, r_max, d_max)
        yield from each_example("", x, 0.001)
    for suffix, (spread, mean) in FAR.items():
        x = normal(1, 6, 5) * spread + mean
        yield from batch_norms("batch_norm_" + suffix, x, 0.001)
        yield from each_example("_" + suffix, x, 0.001)
    yield from weight_norms()
