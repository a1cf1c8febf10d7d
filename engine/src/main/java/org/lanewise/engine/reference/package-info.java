/**
 * The meaning of every operation in double precision, plainly written: the standard that kernels,
 * derivatives and programs are compared with.
 */
package org.lanewise.engine.reference;
