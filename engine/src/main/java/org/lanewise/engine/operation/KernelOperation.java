package org.lanewise.engine.operation;

/** An operation that a kernel of its own computes, from operands and to a result in memory. */
public sealed interface KernelOperation extends Operation
    permits MovementOperation,
        MatrixProduct,
        ArgMax,
        GatherRows,
        ScatterAddRows,
        Draw,
        CustomOperation {}
