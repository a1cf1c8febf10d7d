"""What golden values are made of: cases, numbers as text, and gradients by PyTorch in float64.

A file of golden values has one block a case, after an empty line: a line "case NAME KEY=VALUE …",
and a line "TENSOR [DIMENSIONS] ELEMENTS…" for each of its tensors, row-major. Tensors that are fed
in are floats, written so that they read back the same; results are doubles to 10 digits.

The names are those of the kernels: inputs and parameters under their own (x, alpha, kernel), the
result y, the gradient of the result gy, and the gradient of an input its name after a g: gx.
"""

import dataclasses

import numpy
import torch


@dataclasses.dataclass
class Case:
    name: str
    settings: dict
    given: dict
    results: dict

    def lines(self):
        settings = [f"{key}={value}" for key, value in self.settings.items()]
        yield " ".join(["case", self.name, *settings])
        for name, tensor in self.given.items():
            yield line(name, tensor, exact)
        for name, tensor in self.results.items():
            yield line(name, tensor, rounded)


def line(name, tensor, number):
    shape = ",".join(map(str, tensor.shape))
    elements = tensor.detach().flatten().tolist()
    return " ".join([name, f"[{shape}]", *map(number, elements)])


def exact(value):
    return numpy.format_float_scientific(numpy.float32(value), trim="-", exp_digits=1).replace(
        "e+0", ""
    )


def rounded(value):
    return f"{value:.10g}"


def floats(*values):
    """A tensor of float64 whose elements are floats, as everything that is fed in has to be."""
    return torch.tensor(values, dtype=torch.float32).double()


def normal(seed, *shape):
    """Standard normal draws rounded to multiples of 1/64: short to write, exact as floats."""
    draws = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return torch.round(draws * 64) / 64


def weights(shape):
    """What results are multiplied by before they are summed: from −3/4 to 3/4, none of them 0."""
    count = 1
    for dimension in shape:
        count *= dimension
    values = [(1 + i % 3) / 4 * (-1) ** (i * i % 7) for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def differentiate(name, function, settings=None, constant=(), **given):
    """A case: the result of a function of the given tensors and its gradient by each of them.

    function: takes the given tensors in their order
    settings: numbers that the case is known by beside its name
    constant: the given tensors that no gradient is taken by
    """
    given = {key: tensor.detach().clone() for key, tensor in given.items()}
    wanted = [key for key in given if key not in constant]
    for key in wanted:
        given[key].requires_grad_()
    y = function(*given.values())
    gy = weights(y.shape) if y.dim() else torch.tensor(1.0, dtype=torch.float64)
    gradients = torch.autograd.grad(y, [given[key] for key in wanted], gy)
    fed = dict(given) if y.dim() == 0 else {**given, "gy": gy}
    results = {"y": y, **{"g" + key: g for key, g in zip(wanted, gradients)}}
    return Case(name, settings or {}, fed, results)
