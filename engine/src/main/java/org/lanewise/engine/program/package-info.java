/**
 * Recorded array programs: a {@link org.lanewise.engine.program.Graph} lists operations with their
 * operands; an {@link org.lanewise.engine.program.Evaluation} computes them one by one, a {@link
 * org.lanewise.engine.program.Program} is planned once and run often.
 */
package org.lanewise.engine.program;
