/**
 * Counter-based random numbers: every draw is a pure function of a seed, a stream and a counter, so
 * draws can be replayed, resumed, skipped and divided among threads.
 *
 * <p>{@link org.lanewise.engine.random.RandomStream} says where draws come from, {@link
 * org.lanewise.engine.random.Distribution} says what they look like.
 */
package org.lanewise.engine.random;
