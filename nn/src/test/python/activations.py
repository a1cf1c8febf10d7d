"""Activations: values and derivatives at ordinary points and far out.

Where the derivative that PyTorch uses loses digits far out, even in float64, the function is written
in a way that keeps them.
"""

import math

import torch
from torch.nn import functional

from golden import differentiate, floats, normal

# Magnitudes near 0 and far out: below the normal floats, around where exponentials overflow.
LN = [1e-45, 1e-38, 1e-20, 1e-8, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 1, 1.3, 1.7, 2, 2.4, 2.9, 3.1, 3.5]
FAR = [4, 4.7, 5.3, 6.1, 7, 8.3, 10, 12.5, 15, 16.5, 20, 30, 44, 60, 80, 87, 88, 88.5, 100, 1e4, 1e30]
POINTS = floats(*[-x for x in reversed(LN + FAR)], *LN, *FAR)



def logistic(x):
    """exp(−log(1 + e^−x)): the derivative y (1 − y) of torch.sigmoid loses its digits above 20."""
    return torch.exp(-softplus(-x))


def tanh(x):
    """Beyond 1 from e^−2|x|, because the derivative 1 − y² of torch.tanh loses its digits."""
    u = torch.exp(-2 * x.abs())
    return torch.where(x.abs() < 1, torch.tanh(x), x.sign() * (1 - u) / (1 + u))


def elu(x, alpha):
    """functional.elu subtracts 1 from e^x near 0 too, and the derivative of expm1 is y + 1."""
    z = x.clamp(max=0)
    return torch.where(x > 0, x, alpha * torch.where(x < -1, z.exp() - 1, z.expm1()))


def normal_cdf(x):
    """With erfc, because 1 + erf loses its digits below 0."""
    return torch.erfc(-x / math.sqrt(2)) / 2


def gelu_tanh(x):
    """(1 + tanh z) / 2 as the logistic function of 2z, which keeps its digits below 0."""
    return x * logistic(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))


def softsign(x):
    """Beyond 1 as 1 less a quotient: the derivative of x / (1 + |x|) subtracts equals."""
    a = x.abs()
    return torch.where(a < 1, x / (1 + a), x.sign() * (1 - 1 / (1 + a)))


def softplus(x):
    """It is x in float64 from 40 on; the usual threshold of 20 is for float32."""
    return functional.softplus(x, threshold=100)


def rows(scale, *shape):
    """Rows of ordinary numbers, and after them one of equal and one of far numbers."""
    x = scale * normal(3, *shape)
    far = floats(*[(-1) ** i * 40 * i for i in range(shape[-1])])
    return torch.cat([x, torch.full_like(x[:1], 2), far[None]])


SELU = 1.0507009873554805, 1.6732632423543772

ELEMENTWISE = {
    "logistic": logistic,
    "tanh": tanh,
    "softsign": softsign,
    "softplus": softplus,
    "hard_sigmoid": functional.hardsigmoid,
    "relu": functional.relu,
    "relu6": functional.relu6,
    "leaky_relu alpha=0.01": lambda x: functional.leaky_relu(x, 0.01),
    "leaky_relu alpha=0.2": lambda x: functional.leaky_relu(x, 0.2),
    "rrelu low=0.125 high=0.5": lambda x: functional.rrelu(x, 0.125, 0.5),
    "elu alpha=1.0": lambda x: elu(x, 1),
    "elu alpha=0.7": lambda x: elu(x, 0.7),
    "selu": lambda x: SELU[0] * elu(x, SELU[1]),
    "celu alpha=1.0": lambda x: elu(x, 1),
    "celu alpha=0.5": lambda x: 0.5 * elu(x / 0.5, 1),
    "gelu": lambda x: x * normal_cdf(x),
    "gelu_tanh": gelu_tanh,
    "swish beta=1.0": lambda x: x * logistic(x),
    "swish beta=1.5": lambda x: x * logistic(1.5 * x),
    "mish": lambda x: x * tanh(softplus(x)),
    "hard_swish": functional.hardswish,
}

MATRICES = {
    "softmax": lambda x: functional.softmax(x, -1),
    "log_softmax": lambda x: functional.log_softmax(x, -1),
    "glu": lambda x: functional.glu(x, -1),
}


def named(key):
    name, *settings = key.split()
    return name, dict(setting.split("=") for setting in settings)


def cases():
    for key, function in ELEMENTWISE.items():
        name, settings = named(key)
        yield differentiate(name, function, settings, x=POINTS)
    for name, function in MATRICES.items():
        for scale in (1, 4):
            yield differentiate(name, function, x=rows(scale, 4, 6))
    alpha = floats(0.25, -0.5, 0, 1.5, 0.75, 0.125)
    yield differentiate("prelu", functional.prelu, x=rows(1, 4, 6), alpha=alpha)
    yield differentiate("prelu", functional.prelu, {"shared": 1}, x=rows(1, 4, 6), alpha=alpha[0])
