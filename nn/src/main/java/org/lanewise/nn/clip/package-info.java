/** Gradients held within bounds, before the optimizer sees them. */
package org.lanewise.nn.clip;
