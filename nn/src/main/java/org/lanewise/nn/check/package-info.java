/** Checks of numbers that layers and optimizers are described by. */
package org.lanewise.nn.check;
