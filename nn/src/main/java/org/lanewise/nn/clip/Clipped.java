package org.lanewise.nn.clip;

import java.util.List;
import java.util.Optional;
import org.lanewise.autodiff.Variable;

/**
 * Gradients after clipping, and how large they were before.
 *
 * @param gradients the clipped gradients, in the order they came in
 * @param norm the joint ℓ₂ norm of all gradients before clipping, a scalar: a metric that costs
 *     nothing beside clipping by global norm, and nothing at all where a program does not ask for
 *     it. NaN or infinite if a gradient is not finite or a square overflows; none of no gradients
 */
public record Clipped(List<Variable> gradients, Optional<Variable> norm) {}
