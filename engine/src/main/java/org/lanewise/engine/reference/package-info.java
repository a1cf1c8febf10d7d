/**
 * The meaning of every operation in double precision, plainly written: what kernels, derivatives
 * and programs are held against.
 */
package org.lanewise.engine.reference;
