/** Checks of the numbers in descriptions of layers and optimizers. */
package org.lanewise.nn.check;
