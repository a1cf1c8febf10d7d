package org.lanewise.engine.operation;

/**
 * Elements of the operands in other places, which depend on shapes alone: nothing is computed, and
 * no element is refused.
 */
public sealed interface MovementOperation extends KernelOperation
    permits Transpose, Slice, Pad, Concatenation {}
