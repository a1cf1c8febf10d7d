/** Penalties and constraints that keep what a network learns small. */
package org.lanewise.nn.regularizer;
