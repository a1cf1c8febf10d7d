/**
 * Fused loops: a chain of elementwise operations, with the broadcasts it reads and the reductions
 * that end it, in one pass over memory. What a loop computes is data ({@link
 * org.lanewise.engine.loop.LoopCode}); two tiers run it, with the same bits.
 */
package org.lanewise.engine.loop;
