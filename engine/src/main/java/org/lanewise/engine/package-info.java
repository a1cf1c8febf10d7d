/** Shapes and tensors, the data of every other package of the engine. */
package org.lanewise.engine;
