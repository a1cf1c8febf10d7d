/** The matrix product: how it is divided, packed and computed in register tiles. */
package org.lanewise.engine.matrix;
