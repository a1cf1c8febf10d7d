/** Shapes and tensors: what every other package of the engine computes with. */
package org.lanewise.engine;
