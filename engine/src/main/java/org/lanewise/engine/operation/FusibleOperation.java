package org.lanewise.engine.operation;

/**
 * An operation that one loop can compute together with others: each element of the result is made
 * of elements in the same places of the operands, or combines the elements of a row of places.
 */
public sealed interface FusibleOperation extends Operation
    permits Elementwise, BroadcastTo, Reduction {}
