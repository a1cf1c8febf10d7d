/** Prediction with trained networks, by any number of threads. */
package org.lanewise.nn.prediction;
