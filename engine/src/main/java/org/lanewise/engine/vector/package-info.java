/**
 * The vector substrate: the lanes that all kernels share, copies of a loop for each function, and
 * how operands of other shapes are walked.
 *
 * <p>Every kernel of the engine gives the same bits for any lane width and any number of threads:
 * no result depends on how a loop is cut into vectors, tiles or tasks. Callers have checked shapes
 * and arguments; kernels trust them.
 */
package org.lanewise.engine.vector;
