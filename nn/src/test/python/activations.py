"""Activations: values and derivatives at ordinary points and far out.

Where the derivative that PyTorch uses loses digits far out, even in float64, the function is written
in a way that keeps them.
"""

import torch
from torch.nn import functional

from golden import differentiate, floats

# Magnitudes near 0 and far out: below the normal floats, around where exponentials overflow.
LN = [1e-45, 1e-38, 1e-20, 1e-8, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 1, 1.3, 1.7, 2, 2.4, 2.9, 3.1, 3.5]
FAR = [4, 4.7, 5.3, 6.1, 7, 8.3, 10, 12.5, 15, 16.5, 20, 30, 44, 60, 80, 87, 88, 88.5, 100, 1e4, 1e30]
POINTS = floats(*[-x for x in reversed(LN + FAR)], *LN, *FAR)



def logistic(x):
    """exp(−log(1 + e^−x)): the derivative y (1 − y) of torch.sigmoid loses its digits above 20."""
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def tanh(x):
    """Beyond 1 from e^−2|x|, because the derivative 1 − y² of torch.tanh loses its digits."""
    u = torch.exp(-2 * x.abs())
    return torch.where(x.abs() < 1, torch.tanh(x), x.sign() * (1 - u) / (1 + u))


def elu(x, alpha):
    """functional.elu subtracts 1 from e^x near 0 too, and the derivative of expm1 is y + 1."""
    z = x.clamp(max=0)
    return torch.where(x > 0, x, alpha * torch.where(x < -1, z.exp() - 1, z.expm1()))


SELU = 1.0507009873554805, 1.6732632423543772


ELEMENTWISE = {
    "logistic": logistic,
    "tanh": tanh,
    "relu": functional.relu,
    "leaky_relu alpha=0.01": lambda x: functional.leaky_relu(x, 0.01),
    "elu alpha=1.0": lambda x: elu(x, 1),
    "selu": lambda x: SELU[0] * elu(x, SELU[1]),
}


def named(key):
    name, *settings = key.split()
    return name, dict(setting.split("=") for setting in settings)


def cases():
    for key, function in ELEMENTWISE.items():
        name, settings = named(key)
        yield differentiate(name, function, settings, x=POINTS)
