/**
 * The float32 kernels on the Vector API. Callers have checked shapes and arguments; kernels trust
 * them.
 *
 * <p>Every kernel gives the same bits for any lane width and any number of threads: no result
 * depends on how a loop is cut into vectors, tiles or tasks.
 */
package org.lanewise.engine.simd;
