/**
 * Operations as data: each operation is a value that says what it computes, never how a machine
 * does it.
 *
 * <p>{@link org.lanewise.engine.operation.Operation} lists the kinds. Whoever gives operations a
 * meaning (the SIMD kernels, the reference interpreter, the pullbacks of differentiation) switches
 * over the kinds exhaustively, so that a new kind does not compile until each has its meaning. A
 * new elementwise operation is one entry in {@link org.lanewise.engine.operation.Elementwise} and
 * one lane function.
 */
package org.lanewise.engine.operation;
