"""Schedules: the factor of each step as y, and the momentum where there is a schedule of it.

PyTorch's schedulers where it has them; power scheduling as the formula of Géron's book.
"""

import torch
from torch.optim import lr_scheduler

from golden import Case

STEPS = 60
# Validation losses: improvements, a plateau, an improvement, ties, a rise.
REPORTS = [3, 2, 1.5, 1.6, 1.5, 1.7, 1.4, 1.4, 1.4, 1.4, 1.4, 1.9, 1.8, 1.3, 1.2, 1.25, 1.3, 1.2, 1.5]


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0, momentum=0.9)


def run(scheduler, steps=STEPS):
    """The factor and the momentum of each step."""
    rule = optimizer()
    made = scheduler(rule)
    factors, momenta = [], []
    for _ in range(steps):
        factors.append(rule.param_groups[0]["lr"])
        momenta.append(rule.param_groups[0]["momentum"])
        rule.step()
        made.step()
    return torch.tensor(factors, dtype=torch.float64), torch.tensor(momenta, dtype=torch.float64)


SCHEDULES = {
    "constant": lambda o: lr_scheduler.LambdaLR(o, lambda t: 1),
    "linear": lambda o: lr_scheduler.LinearLR(o, 0.25, 0.01, 40),
    "warmup": lambda o: lr_scheduler.LinearLR(o, 1 / 11, 1, 10),
    "power": lambda o: lr_scheduler.LambdaLR(o, lambda t: 1 / (1 + t / 20)),
    "power_c": lambda o: lr_scheduler.LambdaLR(o, lambda t: 1 / (1 + t / 20) ** 0.5),
    "exponential": lambda o: lr_scheduler.ExponentialLR(o, 0.1 ** (1 / 20)),
    "piecewise": lambda o: lr_scheduler.MultiStepLR(o, [5, 20, 21], 0.5),
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS),
    "cosine_last": lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS, 0.1),
    "cosine_restarts": lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 8, 2),
    "cosine_restarts_same": lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 13),
    "warmup_then_exponential": lambda o: lr_scheduler.SequentialLR(
        o,
        [lr_scheduler.LinearLR(o, 1 / 11, 1, 10), lr_scheduler.ExponentialLR(o, 0.9)],
        milestones=[10],
    ),
}


def cases():
    for name, scheduler in SCHEDULES.items():
        factors, _ = run(scheduler)
        if name == "warmup_then_exponential":
            # SequentialLR leaves the second schedule the factor 1/11 it was made at.
            factors[10:] /= factors[10].item()
        yield Case(name, {}, {}, {"y": factors})

    # The peak at step 27 − 1 = (60 − 60/10 − 1) / 2, rounded down, and the foot at twice that.
    factors, momenta = run(
        lambda o: lr_scheduler.OneCycleLR(
            o,
            max_lr=1,
            total_steps=STEPS,
            pct_start=27 / STEPS,
            anneal_strategy="linear",
            three_phase=True,
            div_factor=10,
            final_div_factor=1000,
            base_momentum=0.85,
            max_momentum=0.95,
        ),
        STEPS - 1,
    )
    yield Case("one_cycle", {}, {}, {"y": factors, "momentum": momenta})

    # PyTorch reduces when more reports than its patience were bad, Keras and the book at as many.
    yield performance("performance", patience=2)
    yield performance("performance_limited", patience=1, threshold=0.08, cooldown=2, min_lr=0.2)


def performance(name, **settings):
    rule = optimizer()
    plateau = lr_scheduler.ReduceLROnPlateau(rule, factor=0.5, **settings)
    factors = [1.0]
    for report in REPORTS:
        plateau.step(report)
        factors.append(rule.param_groups[0]["lr"])
    reports = torch.tensor(REPORTS, dtype=torch.float64)
    return Case(name, {}, {"reports": reports}, {"y": torch.tensor(factors, dtype=torch.float64)})
