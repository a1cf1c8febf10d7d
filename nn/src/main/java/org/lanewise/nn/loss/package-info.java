/** Losses, which training minimizes, and metrics, which it reports beside them. */
package org.lanewise.nn.loss;
