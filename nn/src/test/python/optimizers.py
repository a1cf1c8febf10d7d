"""Optimizers: 50 steps from a start x along given gradients, the parameters after each as y.

Each rule stands here as its paper has it, in float64, with a learning rate and a momentum for every
step. Where PyTorch has the rule, both are compared first with the numbers that stay the same; steps
with numbers that change are from the formulas, because PyTorch keeps the learning rate out of the
momentum and corrects averages by powers of the last momentum.
"""

import math

import torch

from golden import Case, floats, normal

STEPS = 50
# One parameter sees large gradients, one small ones, one a gradient of 0 now and then.
SCALES = floats(1, 64, 1 / 1024, 1)
START = normal(1, 4)
GRADIENTS = normal(2, STEPS, 4) * SCALES
GRADIENTS[::5, 3] = 0


def sgd(s, g, rate, momentum):
    return -rate * g


def momentum(s, g, rate, beta):
    """Polyak 1964."""
    s["m"] = beta * s.get("m", 0) - rate * g
    return s["m"]


def nesterov(s, g, rate, beta):
    """Bengio et al. 2012, equations 6 and 7."""
    s["m"] = beta * s.get("m", 0) - rate * g
    return beta * s["m"] - rate * g


def ada_grad(s, g, rate, _, epsilon):
    """Duchi, Hazan and Singer 2011."""
    s["s"] = s.get("s", 0) + g**2
    return -rate * g / (s["s"].sqrt() + epsilon)


def rms_prop(s, g, rate, _, decay, epsilon):
    """Tieleman and Hinton 2012."""
    s["s"] = decay * s.get("s", 0) + (1 - decay) * g**2
    return -rate * g / (s["s"].sqrt() + epsilon)


def rms_prop_centered(s, g, rate, _, decay, epsilon):
    """Graves 2013, equations 38 to 41, with ε added to the root."""
    s["s"] = decay * s.get("s", 0) + (1 - decay) * g**2
    s["d"] = decay * s.get("d", 0) + (1 - decay) * g
    return -rate * g / ((s["s"] - s["d"] ** 2).sqrt() + epsilon)


def moments(s, g, beta1, beta2):
    """The averages of Kingma and Ba 2015 and their corrections: 1 − Πβ for a β that changes."""
    s["t"] = s.get("t", 0) + 1
    s["product"] = s.get("product", 1) * beta1
    s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
    s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
    return 1 - s["product"], 1 - beta2 ** s["t"]


def adam(s, g, rate, beta1, beta2, epsilon):
    """Kingma and Ba 2015, algorithm 1."""
    correction1, correction2 = moments(s, g, beta1, beta2)
    return -rate * (s["m"] / correction1) / ((s["v"] / correction2).sqrt() + epsilon)


def ams_grad(s, g, rate, beta1, beta2, epsilon):
    """Reddi, Kale and Kumar 2018, algorithm 2, with PyTorch's correction."""
    correction1, correction2 = moments(s, g, beta1, beta2)
    s["v_max"] = torch.maximum(s.get("v_max", torch.zeros_like(g)), s["v"])
    return -rate * (s["m"] / correction1) / ((s["v_max"] / correction2).sqrt() + epsilon)


def ada_max(s, g, rate, beta1, beta2, epsilon):
    """Kingma and Ba 2015, algorithm 2, with PyTorch's ε."""
    correction1, _ = moments(s, g, beta1, beta2)
    s["u"] = torch.maximum(beta2 * s.get("u", torch.zeros_like(g)), g.abs() + epsilon)
    return -rate / correction1 * s["m"] / s["u"]


def nadam(s, g, rate, beta1, beta2, epsilon, momentum_decay):
    """Dozat 2016, algorithm 2."""
    _, correction2 = moments(s, g, beta1, beta2)
    mu, mu_next = (
        beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay)) for t in (s["t"], s["t"] + 1)
    )
    s["mu"] = s.get("mu", 1) * mu
    m = mu_next * s["m"] / (1 - s["mu"] * mu_next) + (1 - mu) * g / (1 - s["mu"])
    return -rate * m / ((s["v"] / correction2).sqrt() + epsilon)


def lion(s, g, rate, beta1, beta2):
    """Chen et al. 2023, algorithm 2."""
    m = s.get("m", torch.zeros_like(g))
    s["m"] = beta2 * m + (1 - beta2) * g
    return -rate * torch.sign(beta1 * m + (1 - beta1) * g)


ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}

# The rule, its numbers beside learning rate and momentum, and PyTorch's optimizer if it has one.
# Its NAdam is right only with foreach: else version 1.13 multiplies μ twice into the next product.
RULES = {
    "sgd": (sgd, {}, torch.optim.SGD, {}),
    "momentum": (momentum, {"momentum": 0.9}, torch.optim.SGD, {}),
    "nesterov": (nesterov, {"momentum": 0.9}, torch.optim.SGD, {"nesterov": True}),
    "ada_grad": (ada_grad, {"epsilon": 1e-10}, torch.optim.Adagrad, {}),
    "rms_prop": (rms_prop, {"decay": 0.9, "epsilon": 1e-7}, torch.optim.RMSprop, {}),
    "rms_prop_centered": (
        rms_prop_centered,
        {"decay": 0.9, "epsilon": 1e-7},
        torch.optim.RMSprop,
        {"centered": True},
    ),
    "adam": (adam, ADAM, torch.optim.Adam, {}),
    "ams_grad": (ams_grad, ADAM, torch.optim.Adam, {"amsgrad": True}),
    "ada_max": (ada_max, ADAM, torch.optim.Adamax, {}),
    "nadam": (nadam, ADAM | {"momentum_decay": 0.004}, torch.optim.NAdam, {"foreach": True}),
    "adam_w": (adam, ADAM | {"weight_decay": 0.01}, torch.optim.AdamW, {}),
    "lion": (lion, {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.1}, None, {}),
}
# A learning rate of which 50 steps go about as far as the parameters are large.
RATES = {"ada_grad": 0.1}
RATE = 0.02


def formula(rule, numbers, rates, momenta):
    """50 steps of a rule; weight decay is decoupled: Loshchilov and Hutter 2019, algorithm 2."""
    numbers = {k: v for k, v in numbers.items() if k not in ("momentum", "beta1")}
    weight_decay = numbers.pop("weight_decay", 0)
    x, state, steps = START, {}, []
    for g, rate, beta in zip(GRADIENTS, rates, momenta):
        x = x * (1 - rate * weight_decay) + rule(state, g, rate, beta, **numbers)
        steps.append(x)
    return torch.stack(steps)


def pytorch(optimizer, numbers, extra):
    names = {"epsilon": "eps", "decay": "alpha"}
    numbers = {names.get(k, k): v for k, v in numbers.items()}
    if "beta1" in numbers:
        numbers["betas"] = numbers.pop("beta1"), numbers.pop("beta2")
    numbers["lr"] = numbers.pop("learning_rate")
    x = START.clone().requires_grad_()
    rule, steps = optimizer([x], **numbers, **extra), []
    for g in GRADIENTS:
        x.grad = g.clone()
        rule.step()
        steps.append(x.detach().clone())
    return torch.stack(steps)


def cases():
    for name, (rule, numbers, optimizer, extra) in RULES.items():
        settings = {"learning_rate": RATES.get(name, RATE), **numbers}
        start = numbers.get("momentum", numbers.get("beta1", 0))
        rates = torch.full((STEPS,), settings["learning_rate"], dtype=torch.float64)
        momenta = torch.full((STEPS,), float(start), dtype=torch.float64)
        y = formula(rule, numbers, rates, momenta)
        if optimizer is not None:
            theirs = pytorch(optimizer, settings, extra)
            # NAdam keeps the product of its μ in float32.
            tolerance = 1e-9 if name == "nadam" else 1e-13
            assert torch.allclose(y, theirs, rtol=0, atol=tolerance), (name, y - theirs)
        yield case(name, settings, rates, momenta, y)

        # As in 1cycle: the learning rate rises and falls, the momentum falls and rises.
        wave = torch.sin(torch.arange(STEPS, dtype=torch.float64) * math.pi / STEPS)
        rates = floats(*(rates * (0.1 + wave)).tolist())
        momenta = floats(*(momenta * (1 - wave / 8)).tolist())
        settings = {**settings, "scheduled": "yes"}
        yield case(name, settings, rates, momenta, formula(rule, numbers, rates, momenta))


def case(name, settings, rates, momenta, y):
    given = {"x": START, "gradients": GRADIENTS, "learning_rates": rates, "momenta": momenta}
    return Case(name, settings, given, {"y": y})
