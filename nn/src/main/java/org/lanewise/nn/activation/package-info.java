/** Activations: the nonlinear functions between layers. */
package org.lanewise.nn.activation;
